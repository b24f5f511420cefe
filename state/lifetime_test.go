package state

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A lifetime in short: which ID, from when, and until when, in seconds; -1 while it goes on.
type lived struct {
	ID          string
	From, Until int
}

func TestLifetimes(t *testing.T) {
	of := func(phase Phase, id string) Record { return Record{Key: vpc, Phase: phase, ID: id, Owned: true} }
	adopted := of(Ready, "vpc-1")
	adopted.Owned = false
	for _, c := range []struct {
		name    string
		records []Record // one a second
		want    []lived
	}{
		{"none", nil, nil},
		{"asked for, and AWS has not answered", []Record{of(Intended, "")}, nil},
		{"there", []Record{of(Intended, ""), of(Created, "vpc-1"), of(Ready, "vpc-1")}, []lived{{"vpc-1", 1, -1}}},
		{"gone", []Record{of(Created, "vpc-1"), of(Ready, "vpc-1"), of(Deleting, "vpc-1"), of(Gone, "vpc-1")}, []lived{{"vpc-1", 0, 3}}},
		{"failed, and there", []Record{of(Created, "vpc-1"), of(Failed, "vpc-1")}, []lived{{"vpc-1", 0, -1}}},
		{"made anew", []Record{of(Ready, "vpc-1"), of(Intended, ""), of(Created, "vpc-2"), of(Ready, "vpc-2")}, []lived{{"vpc-1", 0, 1}, {"vpc-2", 2, -1}}},
		{"another at once", []Record{of(Ready, "vpc-1"), of(Ready, "vpc-2")}, []lived{{"vpc-1", 0, 1}, {"vpc-2", 1, -1}}},
		{"found gone", []Record{of(Gone, "vpc-1")}, nil},
		{"not ours", []Record{adopted}, nil},
		{"no resource", []Record{{Key: "check/a:b", Phase: Ready, ID: "x", Owned: true}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { checkLives(t, c.records, c.want) })
		})
	}
}

// checkLives appends a record a second, and compares the lifetimes, also as they are read again.
func checkLives(t *testing.T, records []Record, want []lived) {
	t.Helper()
	dir, j, _ := begin(t, "tgw")
	begun := time.Now()
	for _, rec := range records {
		must(0, j.Append(rec))(t)
		<-time.After(time.Second)
	}
	for name, j := range map[string]*Journal{"while it is open": j, "read": must(Read(dir, "tgw"))(t)} {
		var got []lived
		for _, l := range j.Lifetimes() {
			one := lived{l.Record.ID, int(l.From.Sub(begun).Seconds()), -1}
			if l.Ended() {
				one.Until = int(l.Until.Sub(begun).Seconds())
			}
			got = append(got, one)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s, -want +got:\n%s", name, diff)
		}
	}
}
