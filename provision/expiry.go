package provision

import "time"

// NeverExpires is what the tag says of a stack that had an end once, and has none any more.
const NeverExpires = "never"

// ParseExpiry reads the tag that tells when a stack may be taken away; false when that is never, or nothing that can be
// read.
func ParseExpiry(tag string) (time.Time, bool) {
	at, err := time.Parse(time.RFC3339, tag)
	return at, err == nil
}

// laterExpiry is the later one of what two tags tell. What has no end that can be read has none.
func laterExpiry(a, b string) string {
	one, ends := ParseExpiry(a)
	if !ends {
		return a
	}
	if other, ends := ParseExpiry(b); !ends || other.After(one) {
		return b
	}
	return a
}
