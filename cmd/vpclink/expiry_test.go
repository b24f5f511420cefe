package main

import (
	"testing"
	"time"

	"vpclink/state"
)

func TestParseExpiry(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 10, 0, 0, 500, time.UTC)
	at := func(text string) state.Expiry {
		when, err := time.ParseInLocation("2006-01-02T15:04:05", text, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		return state.Expiry{At: when}
	}
	local := func(text string) state.Expiry {
		when, err := time.ParseInLocation("2006-01-02T15:04", text, time.Local)
		if err != nil {
			t.Fatal(err)
		}
		return state.Expiry{At: when.UTC()}
	}
	for _, tc := range []struct {
		text string
		want state.Expiry
	}{
		{"8h", at("2026-11-24T18:00:00")},
		{"90m", at("2026-11-24T11:30:00")},
		{"3d", at("2026-11-27T10:00:00")},
		{"2026-11-24T18:00:00Z", at("2026-11-24T18:00:00")},
		{"2026-11-24T18:00:00+09:00", state.Expiry{}},
		{"2026-11-25T18:00:00+09:00", at("2026-11-25T09:00:00")},
		{"2026-12-01T18:00", local("2026-12-01T18:00")},
		{"2026-12-01 18:00", local("2026-12-01T18:00")},
		{"never", state.Expiry{Never: true}},
		{"2026-12-01", state.Expiry{}},
		{"d", state.Expiry{}},
	} {
		got, err := parseExpiry(tc.text, now)
		if refused := tc.want == (state.Expiry{}); got != tc.want || (err != nil) != refused {
			t.Errorf("--expires %s is %+v, %v; expected %+v", tc.text, got, err, tc.want)
		}
	}
}
