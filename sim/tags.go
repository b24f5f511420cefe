package sim

import (
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var tagActions = []handler{
	action("CreateTags", changing, (*call).createTags),
	action("DeleteTags", changing, (*call).deleteTags),
}

// maxTags is how many tags a thing may have (aws-facts §0.1).
const maxTags = 50

// tagsOnCreate returns the tags given for a kind. A ResourceType that the call does not make is an error; also are
// the ones beside kinds that it does make.
func tagsOnCreate(specs []types.TagSpecification, k *kind, also ...string) (map[string]string, error) {
	tags := map[string]string{}
	for _, spec := range specs {
		kind := string(spec.ResourceType)
		if kind != k.tagType && !slices.Contains(also, kind) {
			return nil, invalid("'%s' is not a valid taggable resource type for this operation.", kind)
		}
		if kind != k.tagType {
			continue
		}
		if err := setTags(tags, spec.Tags); err != nil {
			return nil, err
		}
	}
	return tags, nil
}

// setTags adds tags to those there are, or refuses them all.
func setTags(tags map[string]string, more []types.Tag) error {
	all := maps.Clone(tags)
	for _, t := range more {
		key := deref(t.Key)
		if key == "" || strings.HasPrefix(strings.ToLower(key), "aws:") {
			return fail("InvalidTagKey.Malformed", "Tag keys must not be empty or begin with 'aws:': %q", key)
		}
		if len(key) > 128 || len(deref(t.Value)) > 256 {
			return invalid("Tag %q is too long: a key has up to 128 characters, a value up to 256", key)
		}
		all[key] = deref(t.Value)
	}
	if len(all) > maxTags {
		return fail("TagLimitExceeded", "The maximum number of Tags has been reached.")
	}
	maps.Copy(tags, all)
	return nil
}

// awsTags writes tags in the order of their keys.
func awsTags(tags map[string]string) []types.Tag {
	list := []types.Tag{}
	for _, key := range sortedKeys(tags) {
		list = append(list, types.Tag{Key: new(key), Value: new(tags[key])})
	}
	return list
}

func (c *call) createTags(in *ec2.CreateTagsInput) (*ec2.CreateTagsOutput, error) {
	things, err := c.tagged(in.Resources)
	if err != nil {
		return nil, err
	}
	for _, t := range things { // all or none
		if err := setTags(maps.Clone(t.tags), in.Tags); err != nil {
			return nil, err
		}
	}
	for _, t := range things {
		if err := setTags(t.tags, in.Tags); err != nil {
			return nil, err
		}
	}
	return &ec2.CreateTagsOutput{}, nil
}

// deleteTags takes away the named keys, or with a value only a tag that has it, or without tags all of them.
func (c *call) deleteTags(in *ec2.DeleteTagsInput) (*ec2.DeleteTagsOutput, error) {
	things, err := c.tagged(in.Resources)
	if err != nil {
		return nil, err
	}
	for _, t := range things {
		if len(in.Tags) == 0 {
			clear(t.tags)
		}
		for _, tag := range in.Tags {
			if tag.Value == nil || *tag.Value == t.tags[deref(tag.Key)] {
				delete(t.tags, deref(tag.Key))
			}
		}
	}
	return &ec2.DeleteTagsOutput{}, nil
}

// tagged finds the things whose tags are to change. One that is missing refuses the whole call.
func (c *call) tagged(ids []string) ([]*thing, error) {
	var list []*thing
	for i := range ids {
		t, err := c.findTagged(ids[i])
		if err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, nil
}

func (c *call) findTagged(id string) (*thing, error) {
	prefix := id[:max(strings.LastIndexByte(id, '-'), 0)]
	switch prefix {
	case kindVPC.prefix:
		return taggable(c, &c.vpcs, kindVPC, id)
	case kindSubnet.prefix:
		return taggable(c, &c.subnets, kindSubnet, id)
	case kindRouteTable.prefix:
		return taggable(c, &c.routeTables, kindRouteTable, id)
	case kindGroup.prefix:
		return taggable(c, &c.groups, kindGroup, id)
	case kindRule.prefix:
		return taggable(c, &c.rules, kindRule, id)
	case kindInterface.prefix:
		return taggable(c, &c.interfaces, kindInterface, id)
	case kindInternetGateway.prefix:
		return taggable(c, &c.internetGates, kindInternetGateway, id)
	case kindElasticIP.prefix:
		return taggable(c, &c.elasticIPs, kindElasticIP, id)
	case kindPeering.prefix:
		return taggable(c, &c.peerings, kindPeering, id)
	case kindInstance.prefix:
		return taggable(c, &c.instances, kindInstance, id)
	case kindGateway.prefix:
		return taggable(c, &c.gateways, kindGateway, id)
	case kindGatewayTable.prefix:
		return taggable(c, &c.gatewayTables, kindGatewayTable, id)
	case kindAttachment.prefix:
		return taggable(c, &c.attachments, kindAttachment, id)
	case kindService.prefix:
		return taggable(c, &c.services, kindService, id)
	case kindServicePermission.prefix:
		return taggable(c, &c.principals, kindServicePermission, id)
	case kindEndpoint.prefix:
		return taggable(c, &c.endpoints, kindEndpoint, id)
	}
	return nil, fail("InvalidID", "The ID '%s' is not valid", id)
}

func taggable[T entry](c *call, s *shelf[T], k *kind, id string) (*thing, error) {
	v, err := s.use(c, k, &id)
	if err != nil {
		return nil, err
	}
	return v.base(), nil
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// deref is what a pointer leads to, or the zero value.
func deref[T any](p *T) T {
	var zero T
	if p == nil {
		return zero
	}
	return *p
}
