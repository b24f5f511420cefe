package provision

import (
	"slices"
	"strings"

	"vpclink/state"
	"vpclink/steps"
)

// providerFirst puts the VPC that the stack already has as its provider first, in whatever order they are named now.
func (r Request) providerFirst(records []state.Record) Request {
	provider := r.provider(records)
	at := slices.IndexFunc(r.Items, func(i Item) bool { return i.Name == provider })
	if at <= 0 {
		return r
	}
	first := r.Items[at]
	r.Items = slices.Insert(slices.Delete(slices.Clone(r.Items), at, at+1), 0, first)
	return r
}

// provider is the VPC that all others of the stack are linked with by PrivateLink, "" when there is none yet. Where each
// offers something to the other, it is whichever is named first.
func (r Request) provider(records []state.Record) string {
	offering := map[string]bool{}
	inAll := map[string]int{}
	links := 0
	for _, rec := range records {
		if !rec.Present() {
			continue
		}
		switch rec.Key.Kind() {
		case steps.KindTargetGroup:
			offering[rec.Key.Name()] = true
		case steps.KindVPCEndpoint:
			links++
			from, to, _ := strings.Cut(rec.Key.Name(), ":")
			inAll[from]++
			inAll[to]++
		}
	}
	for _, i := range r.Items {
		if offering[i.Name] && (links == 0 || inAll[i.Name] == links) {
			return i.Name
		}
	}
	return ""
}
