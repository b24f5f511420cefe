package steps

import (
	"cmp"
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/cloud"
	"vpclink/state"
)

// fetch shows what of one kind fits the filters.
type fetch[T any] func(context.Context, []types.Filter) ([]T, error)

// filterValues is the most values AWS takes in one filter (FilterLimitExceeded beyond).
const filterValues = 200

// filter makes one filter of a Describe call.
func filter(name string, values ...string) types.Filter {
	return types.Filter{Name: aws.String(name), Values: values}
}

// lookup returns what fetch shows of the records, for kinds whose Describe has an ID filter and documents `tag:`. When
// every ID is known it asks for those, since an ID *filter* answers with nothing for what is missing where an ID
// *parameter* fails the call (aws-facts §0). Otherwise it asks by lineage, and then for the known IDs that did not
// show: somebody may have taken the tags off.
func lookup[S, T any](ctx context.Context, env Env, wants []want[S], idFilter string, id func(T) string, fetch fetch[T]) ([]T, error) {
	known := ids(wants)
	var seen []T
	if len(known) < len(wants) {
		var err error
		if seen, err = fetch(ctx, []types.Filter{filter("tag:"+TagLineage, env.Stack.Lineage)}); err != nil {
			return nil, err
		}
		known = slices.DeleteFunc(known, func(want string) bool {
			return slices.ContainsFunc(seen, func(t T) bool { return id(t) == want })
		})
	}
	return fetchBy(ctx, seen, idFilter, known, fetch)
}

// ids are the IDs that the journal has of the wants, or that name what is there already.
func ids[S any](wants []want[S]) []string {
	var list []string
	for _, w := range wants {
		if id := cmp.Or(existingOf(w.set), w.ID); id != "" {
			list = append(list, id)
		}
	}
	return list
}

// without returns the wants of which nothing was found.
func without[S any](wants []want[S], found []Observation) []want[S] {
	there := map[state.Key]bool{}
	for _, o := range found {
		there[o.Key] = true
	}
	return slices.DeleteFunc(slices.Clone(wants), func(w want[S]) bool { return there[w.Key] })
}

// fetchBy adds to seen what fetch shows for these values of one filter, as many values a call as AWS takes.
func fetchBy[T any](ctx context.Context, seen []T, name string, values []string, fetch fetch[T]) ([]T, error) {
	for chunk := range slices.Chunk(values, filterValues) {
		more, err := fetch(ctx, []types.Filter{filter(name, chunk...)})
		if err != nil {
			return nil, err
		}
		seen = append(seen, more...)
	}
	return seen, nil
}

// fetchByParent returns what fetch shows of the records, for kinds that are found by what they belong to. Of a thing that
// was discovered by its tags the parent is not known; then everything is looked at.
func fetchByParent[S, T any](
	ctx context.Context, wants []want[S], name string, parent func(S) string, fetch fetch[T],
) ([]T, error) {
	if slices.ContainsFunc(wants, func(w want[S]) bool { return parent(w.set) == "" }) {
		return fetch(ctx, nil)
	}
	return fetchBy(ctx, nil, name, parents(wants, parent), fetch)
}

// eachParent returns what list shows of each parent, for kinds whose parents AWS is asked for one by one. A parent that
// is not there, or not to be seen yet, which is what the codes unseen say, has nothing.
func eachParent[S, T any](wants []want[S], parent func(S) string, unseen []string, list func(parent string) ([]T, error)) ([]T, error) {
	var all []T
	for _, p := range parents(wants, parent) {
		some, err := list(p)
		switch {
		case cloud.HasCode(err, unseen...):
		case err != nil:
			return nil, err
		default:
			all = append(all, some...)
		}
	}
	return all, nil
}

// parents returns each value of the wants' settings once, in order, without the empty ones.
func parents[S any](wants []want[S], parent func(S) string) []string {
	var list []string
	for _, w := range wants {
		if p := parent(w.set); p != "" {
			list = append(list, p)
		}
	}
	return distinct(list)
}

func distinct(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// paginator is what the SDK's paginators have in common.
type paginator[O any] interface {
	HasMorePages() bool
	NextPage(context.Context, ...func(*ec2.Options)) (*O, error)
}

// pages drains a paginator.
func pages[O, T any](ctx context.Context, p paginator[O], items func(*O) []T) ([]T, error) {
	var all []T
	for p.HasMorePages() {
		page, err := p.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, items(page)...)
	}
	return all, nil
}
