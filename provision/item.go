package provision

import (
	"net/netip"
	"regexp"
	"strings"

	"vpclink/words"
)

// Item is one entry of --vpcs: a VPC to be made, by name and perhaps with its block, or one that is there already, by its
// ID and perhaps with a name.
type Item struct {
	Name string       // the ID when no other was given
	CIDR netip.Prefix // invalid: chosen from the pool, or that of the one that is there
	VPC  string       // the ID of the one that is there, "" for one to be made
}

var (
	itemName = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)
	vpcID    = regexp.MustCompile(`^vpc-([0-9a-f]{8}|[0-9a-f]{17})$`)
)

// ParseItems reads --vpcs, one entry at least: it may be the one that a stack is extended by. Each refusal says which
// entry, why, and what to type.
func ParseItems(list []string) ([]Item, error) {
	var items []Item
	seen, byID := map[string]bool{}, map[string]string{}
	for _, text := range list {
		item, err := parseItem(strings.TrimSpace(text))
		if err != nil {
			return nil, err
		}
		if other, twice := byID[item.VPC]; item.VPC != "" && twice {
			return nil, refuse("--vpcs has %s twice, as %s and as %s: leave one out", item.VPC, other, item.Name)
		}
		if seen[item.Name] {
			return nil, refuse("--vpcs names %q twice: give every VPC a name of its own", item.Name)
		}
		seen[item.Name], byID[item.VPC] = true, item.Name
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
	switch {
	case vpcID.MatchString(name) && !given:
		return Item{Name: name, VPC: name}, nil
	case vpcID.MatchString(name):
		return Item{}, refuse("%q: what has an ID has its block already: write %s, or a name in front, like app=%[2]s", text, name)
	case given && strings.HasPrefix(value, "vpc-") && !vpcID.MatchString(value):
		return Item{}, refuse("%q is no VPC's ID: that is vpc- and 8 or 17 of 0-9 and a-f", value)
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
	switch {
	case vpcID.MatchString(value):
		item.VPC = value
	case given:
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
