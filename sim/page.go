package sim

import (
	"encoding/base64"
	"strconv"
	"strings"
)

// defaultPage is the size of a page when the caller names none.
const defaultPage = 1000

// page cuts a list that is in the order in which things were made. The token holds the place after which to go on, so
// that things made or deleted between two pages neither repeat others nor leave them out.
func page[T entry](c *call, list []T, limit *int32, token *string) ([]T, *string, error) {
	return pageBy(c, list, func(v T) int { return v.base().order }, limit, token)
}

// pageBy is page for what is not an entry; place must grow along the list.
func pageBy[T any](c *call, list []T, place func(T) int, limit *int32, token *string) ([]T, *string, error) {
	size := defaultPage
	if limit != nil && *limit > 0 {
		size = int(*limit)
	}
	if token != nil && *token != "" {
		after, err := c.readToken(*token)
		if err != nil {
			return nil, nil, err
		}
		for len(list) > 0 && place(list[0]) <= after {
			list = list[1:]
		}
	}
	if len(list) <= size {
		return list, nil, nil
	}
	list = list[:size]
	return list, new(c.writeToken(place(list[size-1]))), nil
}

func (c *call) writeToken(after int) string {
	return base64.RawURLEncoding.EncodeToString([]byte(c.action + " " + strconv.Itoa(after)))
}

func (c *call) readToken(token string) (int, error) {
	if raw, err := base64.RawURLEncoding.DecodeString(token); err == nil {
		if number, ok := strings.CutPrefix(string(raw), c.action+" "); ok {
			if after, err := strconv.Atoi(number); err == nil {
				return after, nil
			}
		}
	}
	return 0, fail("InvalidNextToken", "The token '%s' is invalid", token)
}
