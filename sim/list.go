package sim

import "github.com/aws/aws-sdk-go-v2/service/ec2/types"

// listing is what every describe of a kind takes.
type listing struct {
	ids     []string
	filters []types.Filter
	limit   *int32
	token   *string
}

// listed answers a describe: the things with these IDs or all, those that match the filters, one page of them.
func listed[T entry](c *call, s *shelf[T], k *kind, of facets[T], ask listing) ([]T, *string, error) {
	list, err := s.chosen(c, k, ask.ids)
	if err != nil {
		return nil, nil, err
	}
	if list, err = matching(c, list, ask.filters, of); err != nil {
		return nil, nil, err
	}
	return page(c, list, ask.limit, ask.token)
}

// shown writes things in the SDK's structs. Nothing is an empty list: AWS writes the element without items.
func shown[T, A any](list []T, write func(T) A) []A {
	all := make([]A, len(list))
	for i, v := range list {
		all[i] = write(v)
	}
	return all
}
