package state

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"
)

// A journal that was never written tells what it was given, and takes nothing.
func TestInMemory(t *testing.T) {
	j, err := InMemory(Header{Stack: "tgw", Lineage: "l"}, []Record{{Key: "0/vpc/a", Phase: Ready, ID: "vpc-1"}, {Key: "0/subnet/a", Phase: Gone}}, Expiry{Never: true}, "done")
	if err != nil {
		t.Fatal(err)
	}
	if got := j.Present(); len(got) != 1 || got[0].ID != "vpc-1" || len(j.Records()) != 2 || j.Down() || j.Header().Stack != "tgw" {
		t.Errorf("want the two records, one of them present, got %+v", j.Records())
	}
	if runs := j.Runs(); len(runs) != 1 || runs[0].Outcome != "done" || !j.Expiry().Never {
		t.Errorf("want how its last run ended and when it expires, got %+v and %+v", runs, j.Expiry())
	}
	if err := j.Append(Record{Key: "0/vpc/b"}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("want ErrReadOnly, got %v", err)
	}
}

// A damaged journal still tells whose it is, as long as its first line is whole, and can be put aside as it is.
func TestSetAside(t *testing.T) {
	dir, j, _ := begin(t, "tgw")
	if err := errors.Join(j.Append(Record{Key: "0/vpc/a", Phase: Ready}), j.Close()); err != nil {
		t.Fatal(err)
	}
	path := journalPath(dir, "tgw")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damaged := strings.Replace(string(data), "0/vpc/a", "0/vpc/b", 1)
	if err := os.WriteFile(path, []byte(damaged), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(dir, "tgw"); err == nil {
		t.Fatal("want a journal that is damaged")
	}
	if h, err := ReadHeader(dir, "tgw"); err != nil || h.Lineage != j.Header().Lineage {
		t.Errorf("want the first line read, got %+v, %v", h, err)
	}
	aside, err := SetAside(dir, "tgw")
	if err != nil {
		t.Fatal(err)
	}
	if kept, err := os.ReadFile(aside); err != nil || string(kept) != damaged {
		t.Errorf("want the file as it was in history/, got %q, %v", kept, err)
	}
	if _, err := ReadHeader(dir, "tgw"); !errors.Is(err, ErrUnknownStack) {
		t.Errorf("want the name free, got %v", err)
	}
}

// When a stack may be taken away is kept with it, and that its things do not say so yet.
func TestExpiry(t *testing.T) {
	dir, j, _ := begin(t, "tgw")
	if e := j.Expiry(); e.Known() || e.Open || e.Past(time.Now()) {
		t.Errorf("want none before it is given, got %+v", e)
	}
	at := time.Date(2026, 11, 24, 18, 0, 0, 0, time.UTC)
	for _, want := range []Expiry{{At: at, Open: true}, {At: at}, {Never: true, Open: true}, {Never: true}} {
		if err := j.SetExpiry(want); err != nil {
			t.Fatal(err)
		}
		again, err := Read(dir, "tgw")
		if err != nil {
			t.Fatal(err)
		}
		if got := again.Expiry(); got != want || !got.Known() {
			t.Errorf("want %+v, got %+v", want, got)
		}
		if len(again.Runs()) != 0 || len(again.Records()) != 0 {
			t.Errorf("want it to be neither a run nor a resource, got %+v and %+v", again.Runs(), again.Records())
		}
	}
	if e := (Expiry{At: at}); e.Past(at.Add(-time.Second)) || !e.Past(at) {
		t.Error("want it past from the moment on that it tells")
	}
}
