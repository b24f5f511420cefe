package provision

import (
	"net/netip"
	"regexp"
	"strings"

	"vpclink/words"
)

// Item is one entry of --vpcs: a VPC to be made, by name and perhaps with its block.
type Item struct {
	Name string
	CIDR netip.Prefix // invalid: chosen from the pool
}

var (
	itemName = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)
	vpcID    = regexp.MustCompile(`^vpc-([0-9a-f]{8}|[0-9a-f]{17})$`)
)

// ParseItems reads --vpcs, one entry at least: it may be the one that a stack is extended by. Each refusal says which
// entry, why, and what to type.
func ParseItems(list []string) ([]Item, error) {
	var items []Item
	seen := map[string]bool{}
	for _, text := range list {
		item, err := parseItem(strings.TrimSpace(text))
		if err != nil {
			return nil, err
		}
		if seen[item.Name] {
			return nil, refuse("--vpcs names %q twice: give every VPC a name of its own", item.Name)
		}
		seen[item.Name] = true
		items = append(items, item)
	}
	if len(items) == 0 {
		return nil, tooFew(0)
	}
	return items, nil
}

func tooFew(n int) error {
	return refuse("--vpcs names %d VPC, and a link needs two at least: write --vpcs a,b", n)
}

func parseItem(text string) (Item, error) {
	if strings.Contains(text, "@") {
		return Item{}, refuse("%q asks for another region or account, which vpclink cannot do yet: leave out what follows the @", text)
	}
	name, value, given := strings.Cut(text, "=")
	if vpcID.MatchString(name) || vpcID.MatchString(value) {
		return Item{}, refuse("%q is an existing VPC, which vpclink cannot use yet: give a name, and the VPC is made", text)
	}
	if !itemName.MatchString(name) || strings.HasPrefix(name, "vpc-") {
		return Item{}, refuse("%q is no name for a VPC: 1 to 32 of a-z, 0-9 and -, beginning with a letter, not with vpc-", name)
	}
	for _, b := range privateBlocks {
		if name == b.name {
			return Item{}, refuse("%q stands for a block of private addresses in routes: give the VPC another name", name)
		}
	}
	item := Item{Name: name}
	if given {
		var err error
		if item.CIDR, err = parseCIDR(value); err != nil {
			return Item{}, refuse("--vpcs %s: %w", text, err)
		}
	}
	return item, nil
}

// RefusedError is a plan or request that is refused before anything is changed.
type RefusedError struct{ Err error }

var _ error = (*RefusedError)(nil)

func (e *RefusedError) Error() string { return e.Err.Error() }

// Say tells it in a language.
func (e *RefusedError) Say(l words.Language) string { return l.Error(e.Err) }

// Unwrap returns the reason.
func (e *RefusedError) Unwrap() error { return e.Err }

func refuse(format words.Text, args ...any) error {
	return &RefusedError{words.Errorf(format, args...)}
}
