package steps

import (
	"context"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
	"vpclink/words"
)

// InterfaceGroup are the settings of a security group on a network interface that is there already, beside the groups
// that the interface has. AWS gives it no ID; its natural key is the two.
type InterfaceGroup struct {
	Interface string      `json:"interface"`
	Instance  state.Value `json:"instance"` // whose interface it is
	Group     state.Value `json:"group"`
	Was       []string    `json:"was"` // the groups of the interface before
}

func (set InterfaceGroup) id() string { return interfaceGroupID(set.Interface, set.Group.String()) }

// interfaceGroupID is the natural key, and so the ID: "eni-0a1|sg-0b2".
func interfaceGroupID(card, group string) string { return card + "|" + group }

type interfaceGroupAPI interface {
	ec2.DescribeNetworkInterfacesAPIClient
	ModifyNetworkInterfaceAttribute(
		context.Context, *ec2.ModifyNetworkInterfaceAttributeInput, ...func(*ec2.Options),
	) (*ec2.ModifyNetworkInterfaceAttributeOutput, error)
}

type interfaceGroup struct{}

var _ typed[InterfaceGroup] = interfaceGroup{}

func (interfaceGroup) life() waiters.Life {
	return waiters.Life{Exists: true, Typical: 2 * time.Second, Timeout: 5 * time.Minute}
}

func (k interfaceGroup) view() view[InterfaceGroup, string] {
	self := func(id string) string { return id }
	return view[InterfaceGroup, string]{life: k.life(), id: self, wanted: InterfaceGroup.id, natural: self}
}

func (k interfaceGroup) observe(ctx context.Context, env Env, wants []want[InterfaceGroup]) ([]Observation, error) {
	card := func(set InterfaceGroup) string { return set.Interface }
	cards, err := fetchBy(ctx, nil, "network-interface-id", parents(wants, card), describeInterfaces(env.EC2))
	var seen []string
	for _, n := range cards {
		for _, g := range n.Groups {
			seen = append(seen, interfaceGroupID(aws.ToString(n.NetworkInterfaceId), aws.ToString(g.GroupId)))
		}
	}
	return k.view().match(env, wants, seen), err
}

// create adds the group to the list that the interface has at that moment: AWS takes the whole list, and knows no way to
// add to it.
func (k interfaceGroup) create(ctx context.Context, env Env, w want[InterfaceGroup]) (Observation, error) {
	groups, there, err := groupsOn(ctx, env, w.set.Interface)
	if err != nil {
		return Observation{}, err
	}
	if !there {
		return Observation{}, words.Errorf("%s is not there any more: %w", w.set.Interface, errUnfit)
	}
	if !slices.Contains(groups, w.set.Group.String()) {
		if err := setGroups(ctx, env, w.set.Interface, append(groups, w.set.Group.String())); err != nil {
			return Observation{}, codes{create: unseenSecurityGroup}.taken(err)
		}
	}
	return Observation{ID: w.set.id()}, nil
}

// remove takes the group off the list that the interface has at that moment, so that what somebody changed meanwhile
// stays. An interface has one group at least: when the others were taken off, they come back.
func (k interfaceGroup) remove(ctx context.Context, env Env, w want[InterfaceGroup]) error {
	card, group, _ := strings.Cut(w.ID, "|")
	groups, there, err := groupsOn(ctx, env, card)
	if err != nil {
		return err
	}
	if !there || !slices.Contains(groups, group) {
		return words.Errorf("%s is not on %s: %w", group, card, waiters.ErrNone)
	}
	groups = slices.DeleteFunc(groups, func(g string) bool { return g == group })
	if len(groups) == 0 {
		groups = w.set.Was
	}
	return codes{}.removed(setGroups(ctx, env, card, groups))
}

// groupsOn returns the groups of an interface in their order; false when there is no such interface.
func groupsOn(ctx context.Context, env Env, card string) ([]string, bool, error) {
	list, err := describeInterfaces(env.EC2)(ctx, []types.Filter{filter("network-interface-id", card)})
	if err != nil {
		return nil, false, err
	}
	for _, n := range list {
		if aws.ToString(n.NetworkInterfaceId) == card {
			return groupsOf(n), true, nil
		}
	}
	return nil, false, nil
}

func setGroups(ctx context.Context, env Env, card string, groups []string) error {
	var api interfaceGroupAPI = env.EC2
	_, err := api.ModifyNetworkInterfaceAttribute(ctx, &ec2.ModifyNetworkInterfaceAttributeInput{
		NetworkInterfaceId: aws.String(card), Groups: groups,
	})
	return err
}

// discover finds the interfaces that the stack's groups were made for and that carry them.
func (k interfaceGroup) discover(ctx context.Context, env Env, byLineage []types.Filter) ([]Found, error) {
	groups, err := describeSecurityGroups(env.EC2)(ctx, byLineage)
	if err != nil {
		return nil, err
	}
	made := map[string]Found{} // by the natural key of a group on its interface
	var cards []string
	for _, g := range groups {
		if key, card := env.carried(g.Tags), purposeOf(g).Interface; key != "" && card != "" {
			id := interfaceGroupID(card, aws.ToString(g.GroupId))
			own := state.NewKey(key.Step(), KindInterfaceGroup, key.Name())
			made[id] = Found{Stack: stackOf(g.Tags), Observation: Observation{Key: own, ID: id, Ours: true}}
			cards = append(cards, card)
		}
	}
	seen, err := fetchBy(ctx, nil, "network-interface-id", cards, describeInterfaces(env.EC2))
	var list []Found
	for _, n := range seen {
		for _, group := range groupsOf(n) {
			id := interfaceGroupID(aws.ToString(n.NetworkInterfaceId), group)
			if f, ours := made[id]; ours {
				list = append(list, f)
			}
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Key < list[j].Key })
	return list, err
}
