package provision

import (
	"cmp"
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"vpclink/state"
	"vpclink/steps"
	"vpclink/words"
)

// Choice is what --subnets and --instance settle about VPCs that are there already, by the VPC's name.
type Choice struct {
	Subnets   map[string][]string
	Instances map[string]string
}

var (
	subnetID   = regexp.MustCompile(`^subnet-([0-9a-f]{8}|[0-9a-f]{17})$`)
	instanceID = regexp.MustCompile(`^i-([0-9a-f]{8}|[0-9a-f]{17})$`)
)

// The flags that choose in VPCs that are there already.
const (
	FlagSubnets  = "subnets"
	FlagInstance = "instance"
)

// ParseChoice reads --subnets NAME=ID,ID and --instance NAME=ID, each given once for a VPC.
func ParseChoice(subnets, instances []string) (Choice, error) {
	c := Choice{Subnets: map[string][]string{}, Instances: map[string]string{}}
	for _, text := range subnets {
		name, ids, err := choiceOf(FlagSubnets, text, "app=subnet-0123456789abcdef0", subnetID)
		if err != nil {
			return c, err
		}
		if c.Subnets[name] != nil {
			return c, refuse("--subnets names %s twice: give the subnets of one VPC together, with commas", name)
		}
		c.Subnets[name] = ids
	}
	for _, text := range instances {
		name, ids, err := choiceOf(FlagInstance, text, "app=i-0123456789abcdef0", instanceID)
		if err != nil {
			return c, err
		}
		if len(ids) > 1 || c.Instances[name] != "" {
			return c, refuse("--instance has more than one for %s: a VPC has one instance in a link", name)
		}
		c.Instances[name] = ids[0]
	}
	return c, nil
}

// choiceOf reads NAME=ID,ID.
func choiceOf(flag, text, like string, id *regexp.Regexp) (name string, ids []string, err error) {
	name, list, ok := strings.Cut(text, "=")
	if !ok || name == "" || list == "" {
		return "", nil, refuse("--%s %q: write it like %s", flag, text, like)
	}
	for one := range strings.SplitSeq(list, ",") {
		one = strings.TrimSpace(one)
		switch {
		case !id.MatchString(one):
			return "", nil, refuse("--%s %s: %q is no such ID: write it like %s", flag, text, one, like)
		case slices.Contains(ids, one):
			return "", nil, refuse("--%s %s: %s is there twice", flag, text, one)
		}
		ids = append(ids, one)
	}
	return name, ids, nil
}

// withBorrowed fills in which VPCs of the stack were there already, and refuses what would make another one of them.
func (r Request) withBorrowed(records []state.Record) (Request, error) {
	r.Items = slices.Clone(r.Items)
	for i, item := range r.Items {
		set, own, has := settingsOf[steps.VPC](records, steps.KindVPC, item.Name)
		if has {
			r.Items[i].VPC = cmp.Or(item.VPC, set.Existing)
		}
		for _, rec := range slices.Concat([]state.Record{own}, records) { // what the name stands for is said first
			if rec.Key.Kind() != steps.KindVPC || !rec.Present() {
				continue
			}
			if err := item.fits(rec); err != nil {
				return r, err
			}
		}
	}
	stays := func(name string) bool { // what was chosen in a VPC that is taken out, or was, is remembered, and no matter any more
		was := func(rec state.Record) bool { return rec.Key.Kind() == steps.KindVPC && rec.Key.Name() == name }
		return !slices.ContainsFunc(records, was) || slices.ContainsFunc(r.Items, func(i Item) bool { return i.Name == name })
	}
	if err := r.choosable(FlagSubnets, only(keysOf(r.Choice.Subnets), stays)); err != nil {
		return r, err
	}
	return r, r.choosable(FlagInstance, only(keysOf(r.Choice.Instances), stays))
}

// only are those of the names that are to be looked at.
func only(names []string, keep func(string) bool) []string {
	return slices.DeleteFunc(names, func(name string) bool { return !keep(name) })
}

// fits holds an item against a VPC of the stack: each stays what it is.
func (i Item) fits(rec state.Record) error {
	has := steps.Borrowed(rec.Settings)
	switch {
	case rec.Key.Name() != i.Name && i.VPC != "" && (rec.ID == i.VPC || has == i.VPC):
		return refuse("%s is in the stack already, as %s: leave it out", i.VPC, rec.Key.Name())
	case rec.Key.Name() != i.Name:
	case has == "" && i.VPC != "":
		return refuse("%s is a VPC that this stack made, and cannot become %s: give that another name", i.Name, i.VPC)
	case has != "" && i.VPC != "" && has != i.VPC:
		return refuse("%s is %s in this stack, and cannot become %s: give that another name", i.Name, has, i.VPC)
	case has != "" && i.CIDR.IsValid():
		return refuse("%s is %s in this stack, which has its block already: leave =%s out", i.Name, has, i.CIDR)
	}
	return nil
}

// choosable refuses a choice in a VPC that is not there already.
func (r Request) choosable(flag string, names []string) error {
	for _, name := range names {
		if !slices.ContainsFunc(r.Items, func(i Item) bool { return i.Name == name && i.VPC != "" }) {
			return refuse("--%s is about %s, which is no VPC of --vpcs that is there already: give it as %[2]s=vpc-…", flag, name)
		}
	}
	return nil
}

// Survey looks at the VPCs of the request that are there already, those that the stack has among them, and returns the
// request with what was seen. It asks nothing when there is none.
func (r Request) Survey(ctx context.Context, env steps.Env, records []state.Record) (Request, error) {
	all, err := r.withKept(records).withBorrowed(records)
	if err != nil {
		return r, err
	}
	var ids []string
	for _, item := range all.Items {
		if item.VPC != "" {
			ids = append(ids, item.VPC)
		}
	}
	r.Surveyed = map[string]steps.Existing{}
	if len(ids) > 0 {
		r.Surveyed, err = steps.Survey(ctx, env, ids)
	}
	return r, err
}

// settingsOf reads the settings of a record that may be there; false when there is none.
func settingsOf[S any](records []state.Record, kind, name string) (set S, rec state.Record, ok bool) {
	for _, rec := range records {
		if rec.Key.Kind() == kind && rec.Key.Name() == name && rec.Present() && json.Unmarshal(rec.Settings, &set) == nil {
			return set, rec, true
		}
	}
	return set, state.Record{}, false
}

// warn adds what is to be known of a plan before it is carried out; with --strict it is a refusal.
func (p *Plan) warn(strict bool, format words.Text, args ...any) error {
	if strict {
		return refuse("%w; leave --strict out to link it all the same", words.Errorf(format, args...))
	}
	p.Warnings = append(p.Warnings, words.Errorf(format, args...))
	return nil
}
