package provision

import (
	"maps"
	"slices"
	"strings"

	"vpclink/state"
	"vpclink/steps"
	"vpclink/words"
)

// borrowed puts together what a link needs of a VPC that is there already: what the stack chose before, then what flags
// name, then what is the only one of its kind. Where there are several, a refusal lists them.
type borrowed struct {
	Request
	item    Item
	records []state.Record
	has     steps.Existing
}

// borrow chooses in a VPC that is there already. One that was not looked at yet is taken as it will be, as far as that
// can be told.
func (r Request) borrow(item Item, records []state.Record) (*VPC, error) {
	v := &VPC{Name: item.Name, Existing: item.VPC}
	if r.Surveyed == nil {
		return v, nil
	}
	b := borrowed{r, item, records, r.Surveyed[item.VPC]}
	_, _, recorded := settingsOf[steps.VPC](records, steps.KindVPC, item.Name)
	if b.has.ID == "" {
		return nil, absence(recorded, item.VPC, "there is no %s in this account and region: look at the ID, --region and --profile", item.VPC)
	}
	v.CIDR, v.More = b.has.Blocks[0], b.numbered()
	subnets, err := b.subnets()
	if err != nil {
		return nil, err
	}
	if r.Instances {
		if v.instance, err = b.instance(subnets); err != nil {
			return nil, err
		}
		if at := slices.Index(idsOf(subnets), v.instance.Subnet); at > 0 { // the first holds the instance
			first := subnets[at]
			copy(subnets[1:], subnets[:at])
			subnets[0] = first
		}
	}
	v.use(b.has, subnets)
	return v, b.exposed()
}

// use takes these subnets of a VPC that is there already, and the route tables that they use.
func (v *VPC) use(has steps.Existing, subnets []steps.ExistingSubnet) {
	v.has = has
	for _, s := range subnets {
		v.Subnets = append(v.Subnets, SubnetChoice{CIDR: s.Block, AZID: s.AZID, ID: s.ID, RouteTable: s.RouteTable})
		if s.RouteTable != "" && !slices.Contains(v.tables, s.RouteTable) {
			v.tables = append(v.tables, s.RouteTable)
			if !s.Open {
				v.opened = append(v.opened, s.RouteTable)
			}
		}
	}
}

// numbered are the VPC's further blocks in the places that the stack gave them, "" in the place of one that is gone: a
// block's place is in the names of the routes to it.
func (b borrowed) numbered() []string {
	set, _, _ := settingsOf[steps.VPC](b.records, steps.KindVPC, b.item.Name)
	var more []string
	now := b.has.Blocks[1:]
	for _, block := range set.More {
		if !slices.Contains(now, block) {
			block = ""
		}
		more = append(more, block)
	}
	for _, block := range now {
		if !slices.Contains(more, block) {
			more = append(more, block)
		}
	}
	return more
}

// subnets are those of the link, one in an AZ.
func (b borrowed) subnets() ([]steps.ExistingSubnet, error) {
	if list, err := b.recordedSubnets(); list != nil || err != nil {
		return list, err
	}
	if ids := b.Choice.Subnets[b.item.Name]; ids != nil {
		return b.namedSubnets(ids)
	}
	byAZ := map[string]int{}
	for _, s := range b.has.Subnets {
		byAZ[s.AZID]++
	}
	single := len(byAZ) == len(b.has.Subnets) && len(byAZ) <= b.AZs
	switch i, named := b.byFlag(); {
	case len(b.has.Subnets) == 0:
		return nil, refuse("%s has no subnet: make one in it, or link another VPC", b.shown())
	case single:
		return slices.Clone(b.has.Subnets), nil
	case named && b.AZs == 1: // the one that the instance is in
		return slices.DeleteFunc(slices.Clone(b.has.Subnets), func(s steps.ExistingSubnet) bool { return s.ID != i.Subnet }), nil
	}
	return nil, refuse("%s has %d subnets: choose one in each availability zone that is to be linked, as with --subnets %s=%s\n%s",
		b.shown(), len(b.has.Subnets), b.item.Name, b.has.Subnets[0].ID, b.listSubnets())
}

// recordedSubnets are those that the stack chose before; nil when it has not.
func (b borrowed) recordedSubnets() ([]steps.ExistingSubnet, error) {
	var list []steps.ExistingSubnet
	for n := 0; ; n++ {
		set, _, ok := settingsOf[steps.Subnet](b.records, steps.KindSubnet, nth(b.item.Name, n))
		if !ok {
			break
		}
		s, there := b.subnet(set.Existing)
		switch {
		case !there:
			return nil, &GoneError{set.Existing}
		case set.RouteTable != s.RouteTable:
			return nil, refuse("%s used the route table %s when the stack was made, and uses %s now: associate it with the former again, or take the stack down first",
				s.ID, set.RouteTable, s.RouteTable)
		}
		list = append(list, s)
	}
	ids := slices.Sorted(slices.Values(b.Choice.Subnets[b.item.Name]))
	if have := idsOf(list); list != nil && ids != nil && !slices.Equal(ids, slices.Sorted(slices.Values(have))) {
		return nil, refuse("%s is linked by %s in this stack, and --subnets asks for others: leave the flag out, or take the stack down first",
			b.item.Name, strings.Join(have, ", "))
	}
	return list, nil
}

func (b borrowed) namedSubnets(ids []string) ([]steps.ExistingSubnet, error) {
	var list []steps.ExistingSubnet
	in := map[string]string{}
	for _, id := range ids {
		s, there := b.subnet(id)
		if !there {
			return nil, refuse("%s has no subnet %s: choose of these\n%s", b.shown(), id, b.listSubnets())
		}
		if other, twice := in[s.AZID]; twice {
			return nil, refuse("%s and %s are both in %s: choose one subnet in an availability zone", other, id, s.AZID)
		}
		in[s.AZID] = id
		list = append(list, s)
	}
	return list, nil
}

func (b borrowed) subnet(id string) (steps.ExistingSubnet, bool) {
	i := slices.IndexFunc(b.has.Subnets, func(s steps.ExistingSubnet) bool { return s.ID == id })
	if i < 0 {
		return steps.ExistingSubnet{}, false
	}
	return b.has.Subnets[i], true
}

// instance is the VPC's one in the link: it runs, in one of its subnets.
func (b borrowed) instance(subnets []steps.ExistingSubnet) (*steps.ExistingInstance, error) {
	inside := func(i steps.ExistingInstance) bool { return slices.Contains(idsOf(subnets), i.Subnet) }
	if set, _, ok := settingsOf[steps.Instance](b.records, steps.KindInstance, b.item.Name); ok {
		asked := b.Choice.Instances[b.item.Name]
		i, there := b.known(set.Existing)
		switch {
		case asked != "" && asked != set.Existing:
			return nil, refuse("%s is linked by %s in this stack, and --instance asks for %s: leave the flag out, or take the stack down first", b.item.Name, set.Existing, asked)
		case !there:
			return nil, &GoneError{set.Existing}
		}
		return &i, nil
	}
	if i, named := b.byFlag(); named {
		switch {
		case i.ID == "":
			return nil, refuse("%s has no instance %s: choose of these\n%s", b.shown(), b.Choice.Instances[b.item.Name], b.listInstances(b.has.Instances))
		case !inside(i):
			return nil, refuse("%s is in %s, which is not among the subnets that are linked, %s: choose with --subnets %s=%s", i.ID, i.Subnet, strings.Join(idsOf(subnets), ", "), b.item.Name, i.Subnet)
		case i.State != stateRunning:
			return nil, refuse("%s is %s: start it first", i.ID, i.State)
		}
		return &i, nil
	}
	list := slices.DeleteFunc(slices.Clone(b.has.Instances), func(i steps.ExistingInstance) bool { return i.State != stateRunning || !inside(i) })
	switch {
	case len(list) == 1:
		return &list[0], nil
	case len(list) > 1:
		return nil, refuse("%s has %d running instances in %s: choose one, as with --instance %s=%s\n%s",
			b.shown(), len(list), strings.Join(idsOf(subnets), ", "), b.item.Name, list[0].ID, b.listInstances(list))
	case b.Pattern.NeedsInstances:
		return nil, refuse("%s has no running instance in %s, and %s needs one: start one there, or choose other --subnets", b.shown(), strings.Join(idsOf(subnets), ", "), b.Pattern.Name)
	}
	return nil, refuse("%s has no running instance in %s: start one there, choose other --subnets, or link without instances by --instances=false", b.shown(), strings.Join(idsOf(subnets), ", "))
}

// stateRunning is the state of an instance that can be linked.
const stateRunning = "running"

// byFlag is the instance that --instance names, without an ID when there is none such; false when the flag names none.
func (b borrowed) byFlag() (steps.ExistingInstance, bool) {
	id, named := b.Choice.Instances[b.item.Name]
	i, _ := b.known(id)
	return i, named
}

func (b borrowed) known(id string) (steps.ExistingInstance, bool) {
	at := slices.IndexFunc(b.has.Instances, func(i steps.ExistingInstance) bool { return i.ID == id })
	if at < 0 {
		return steps.ExistingInstance{}, false
	}
	return b.has.Instances[at], true
}

// exposed refuses to attach an internet gateway where something has a public address already: AWS would not let it be
// detached again (aws-facts §2.10).
func (b borrowed) exposed() error {
	if !b.Pattern.StartsInstances || b.has.Gateway != "" || len(b.has.Exposed) == 0 {
		return nil
	}
	return refuse("%s has no internet gateway, and %s has a public address all the same: a gateway that vpclink attached could not be detached again. Attach one yourself, which vpclink then uses",
		b.shown(), strings.Join(b.has.Exposed, ", "))
}

// shown names the VPC: by name and ID, where these are two.
func (b borrowed) shown() string {
	if b.item.Name == b.item.VPC {
		return b.item.VPC
	}
	return b.item.Name + " (" + b.item.VPC + ")"
}

// absence is the error of something that is not there: gone, when the stack had it, else never there.
func absence(recorded bool, id string, format words.Text, args ...any) error {
	if recorded {
		return &GoneError{id}
	}
	return refuse(format, args...)
}

func idsOf(list []steps.ExistingSubnet) []string {
	var ids []string
	for _, s := range list {
		ids = append(ids, s.ID)
	}
	return ids
}

func keysOf[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
