package main

import (
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"vpclink/provision"
	"vpclink/state"
)

const flagExpires = "expires"

// longestExpiry keeps slips of the hand from going unnoticed.
const longestExpiry = 10 * 365 * 24 * time.Hour

// momentForms are the ways to write a moment, the last ones in the machine's own time zone.
var momentForms = []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02 15:04"}

// parseExpiry reads --expires: a time from now, a moment, or never. It is kept to the second, in UTC.
func parseExpiry(text string, now time.Time) (state.Expiry, error) {
	if text == provision.NeverExpires {
		return state.Expiry{Never: true}, nil
	}
	at, ok := momentOf(text, now)
	at = at.UTC().Truncate(time.Second)
	switch {
	case !ok:
		return state.Expiry{}, usage("", "--expires %q: it is a time like 8h or 3d, a moment like 2027-01-31T18:00, or never", text)
	case !at.After(now):
		return state.Expiry{}, usage("", "--expires %s: that is over already", text)
	case at.Sub(now) > longestExpiry:
		return state.Expiry{}, usage("", "--expires %s: that is more than ten years from now: write never", text)
	}
	return state.Expiry{At: at}, nil
}

func momentOf(text string, now time.Time) (time.Time, bool) {
	if days, isDays := strings.CutSuffix(text, "d"); isDays {
		n, err := strconv.Atoi(days)
		const most = 100_000 // more would overflow
		return now.AddDate(0, 0, min(n, most)), err == nil
	}
	if d, err := time.ParseDuration(text); err == nil {
		return now.Add(d), true
	}
	for _, form := range momentForms {
		if at, err := time.ParseInLocation(form, text, time.Local); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

// expiry is what the flag asks for; nil when it was not given.
func (u *upFlags) expiry(flags *pflag.FlagSet) (*state.Expiry, error) {
	if !flags.Changed(flagExpires) {
		return nil, nil //nolint:nilnil // a stack keeps what it has
	}
	e, err := parseExpiry(u.expires, time.Now())
	return &e, err
}

// expiryTag is what the tag says.
func expiryTag(e state.Expiry) string {
	switch {
	case e.Never:
		return provision.NeverExpires
	case e.At.IsZero():
		return ""
	}
	return e.At.Format(time.RFC3339)
}

// expiring settles when the stack may be taken away, and has the runner tag it so: what is new carries it from the moment
// at which it is made. What is there is tagged anew when it shall be another time than before, or when an earlier run was
// cut off over that.
func (w *wish) expiring(j *state.Journal, r *provision.Runner) error {
	e := j.Expiry()
	switch {
	case w.expires == nil:
	case len(j.Records()) > 0:
		e = *w.expires
		e.Open = true
	case !w.expires.Never:
		e = *w.expires
		if err := j.SetExpiry(e); err != nil {
			return err
		}
	}
	for i := range r.Envs {
		r.Envs[i].Stack.Expires = expiryTag(e)
	}
	if e.Open {
		r.Retag = &provision.Retag{
			Begin: func() error { return j.SetExpiry(e) },
			Done: func() error {
				e.Open = false
				return j.SetExpiry(e)
			},
		}
	}
	return nil
}
