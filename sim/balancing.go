package sim

import (
	"fmt"
	"regexp"
	"strings"
)

// What all of Elastic Load Balancing has in common: names, ARNs, pages.

// unusable is the refusal of an input that cannot be right, whatever there is in the world.
func unusable(format string, args ...any) error { return fail("ValidationError", format, args...) }

var balancingName = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$`)

// named checks a name of a load balancer or a target group (aws-facts §1.1).
func named(what, name string) error {
	switch {
	case len(name) > 32:
		return unusable("The %s name '%s' cannot be longer than '32' characters", what, name)
	case !balancingName.MatchString(name):
		return unusable("The %s name '%s' can only contain characters that are alphanumeric characters and hyphens(-), "+
			"and must not begin or end with a hyphen", what, name)
	case what == "load balancer" && strings.HasPrefix(name, "internal-"):
		return unusable("The load balancer name '%s' cannot begin with 'internal-'", name)
	}
	return nil
}

// newHash makes the last part of an ARN: 16 hexadecimal digits.
func (c *call) newHash() string { return fmt.Sprintf("%016x", c.dice.Uint64()) }

// balancingARN names a thing of Elastic Load Balancing.
func (r *region) balancingARN(path string) string {
	return fmt.Sprintf("arn:aws:elasticloadbalancing:%s:%s:%s", r.name, r.account, path)
}

// byARN finds what a call names. A hidden thing does not exist yet, one that is being deleted no longer.
func byARN[T entry](c *call, s *shelf[T], k *kind, arn *string) (T, error) {
	v, err := seenByARN(c, s, k, deref(arn))
	if err == nil && !v.base().stands(c.now) {
		return v, fail(k.notFound, "%s", k.missing)
	}
	return v, err
}

// seenByARN finds what a read names, one that is being deleted as well.
func seenByARN[T entry](c *call, s *shelf[T], k *kind, arn string) (T, error) {
	var none T
	if !strings.HasPrefix(arn, "arn:aws:elasticloadbalancing:") {
		return none, unusable("'%s' is not a valid ARN of a %s", arn, strings.ReplaceAll(k.word, "-", " "))
	}
	if v, ok := s.byID[arn]; ok && v.base().seen(c.now) {
		return v, nil
	}
	return none, fail(k.notFound, "%s", k.missing)
}

// chosenByARN lists what reads show: all, or the ones with these ARNs, of which none may be missing.
func chosenByARN[T entry](c *call, s *shelf[T], k *kind, arns []string) ([]T, error) {
	if len(arns) == 0 {
		return s.seen(c), nil
	}
	if len(arns) > maxARNs {
		return nil, unusable("Up to %d ARNs can be described in one request", maxARNs)
	}
	var list []T
	for _, arn := range arns {
		v, err := seenByARN(c, s, k, arn)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

// maxARNs is how many things one request may name (aws-facts §1.1).
const maxARNs = 20

// chosenByName lists those with these names, of which none may be missing.
func chosenByName[T entry](c *call, s *shelf[T], k *kind, names []string, name func(T) string) ([]T, error) {
	var list []T
	for _, want := range names {
		found := false
		for _, v := range s.seen(c) {
			if name(v) == want {
				list, found = append(list, v), true
			}
		}
		if !found {
			return nil, fail(k.notFound, "%s", k.missing)
		}
	}
	return list, nil
}

// marked is page in the words of Elastic Load Balancing.
func marked[T entry](c *call, list []T, size *int32, marker *string) ([]T, *string, error) {
	list, next, err := page(c, list, size, marker)
	if err != nil {
		return nil, nil, unusable("Marker '%s' is invalid", deref(marker))
	}
	return list, next, nil
}
