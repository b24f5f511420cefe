package steps

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
)

// The tags that everything vpclink makes carries. A thing is ours when lineage and key are both there.
const (
	TagStack   = "vpclink:stack"
	TagLineage = "vpclink:lineage"
	TagPattern = "vpclink:pattern"
	TagKey     = "vpclink:key"
	TagToken   = "vpclink:token"
	TagExpires = "vpclink:expires" // only where the stack has an end
	TagName    = "Name"
)

// tagged returns the specification that tags a resource in the call which makes it, so that a lost answer leaves
// nothing untagged behind. Type is AWS's word for the resource (aws-facts §1.1).
func (e Env) tagged(rec state.Record, kinds ...types.ResourceType) []types.TagSpecification {
	list := e.tags(rec)
	var specs []types.TagSpecification
	for _, kind := range kinds {
		specs = append(specs, types.TagSpecification{ResourceType: kind, Tags: list})
	}
	return specs
}

// tags are the tags of what is made for a record, the user's own among them.
func (e Env) tags(rec state.Record) []types.Tag {
	tags := map[string]string{}
	maps.Copy(tags, e.Stack.Tags)
	maps.Copy(tags, map[string]string{
		TagStack: e.Stack.Name, TagLineage: e.Stack.Lineage, TagPattern: e.Stack.Pattern,
		TagKey: string(rec.Key), TagToken: rec.Token, TagName: e.displayName(rec.Key),
	})
	if e.Stack.Expires != "" {
		tags[TagExpires] = e.Stack.Expires
	}
	var list []types.Tag
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		list = append(list, types.Tag{Key: aws.String(key), Value: aws.String(tags[key])})
	}
	return list
}

// displayName is what the console shows: "tgw-a", "tgw-a:b", or "tgw" for a thing named like its stack.
func (e Env) displayName(key state.Key) string {
	if key.Name() == e.Stack.Name {
		return e.Stack.Name
	}
	return e.Stack.Name + "-" + key.Name()
}

// uniqueName is for kinds whose names must be unique: two stacks never share one, and the same key always gets the
// same name. At most 32 letters, digits and hyphens (the limit of ELBv2, aws-facts §1.1).
func (e Env) uniqueName(key state.Key) string {
	sum := sha256.Sum256([]byte(key))
	return e.namePrefix() + hex.EncodeToString(sum[:])[:12]
}

// namePrefix is what the unique names of a stack begin with.
func (e Env) namePrefix() string {
	lineage := e.Stack.Lineage
	if lineage == "" { // of whatever stack
		return "vl-"
	}
	if len(lineage) > 8 {
		lineage = lineage[:8]
	}
	return "vl-" + lineage + "-"
}

// tag returns the value of a tag, "" when it is not there.
func tag(tags []types.Tag, key string) string {
	for _, t := range tags {
		if aws.ToString(t.Key) == key {
			return aws.ToString(t.Value)
		}
	}
	return ""
}

// owner returns the key a thing was made for in this stack, "" when its tags do not say that it is this stack's.
func (e Env) owner(tags []types.Tag) state.Key {
	if lineage := tag(tags, TagLineage); lineage == "" || lineage != e.Stack.Lineage {
		return ""
	}
	return state.Key(tag(tags, TagKey))
}

// carried is owner, for whatever stack when none is asked for: the key that the tags of any stack's thing tell.
func (e Env) carried(tags []types.Tag) state.Key {
	if e.Stack.Lineage == "" && tag(tags, TagLineage) != "" {
		return state.Key(tag(tags, TagKey))
	}
	return e.owner(tags)
}

// stackOf is the stack of which tags tell.
func stackOf(tags []types.Tag) Stack {
	return Stack{
		Name: tag(tags, TagStack), Lineage: tag(tags, TagLineage), Pattern: tag(tags, TagPattern), Expires: tag(tags, TagExpires),
	}
}
