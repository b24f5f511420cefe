package steps

import (
	"context"
	"errors"
	"testing"

	"vpclink/state"
	"vpclink/waiters"
)

// plain is a kind as its file writes it.
type plain struct {
	answer Observation
	err    error
	got    *[]want[VPC]
}

func (p plain) life() waiters.Life { return waiters.Life{Exists: true} }

func (p plain) observe(_ context.Context, _ Env, wants []want[VPC]) ([]Observation, error) {
	*p.got = append(*p.got, wants...)
	return []Observation{p.answer}, p.err
}

func (p plain) create(_ context.Context, _ Env, w want[VPC]) (Observation, error) {
	*p.got = append(*p.got, w)
	return p.answer, p.err
}

func (p plain) remove(_ context.Context, _ Env, w want[VPC]) error {
	*p.got = append(*p.got, w)
	return p.err
}

func TestAdaptedReadsSettings(t *testing.T) {
	var got []want[VPC]
	kind := adapt(plain{answer: Observation{ID: "vpc-a"}, got: &got})
	rec := record(t, "0/vpc/a", "vpc-a", VPC{CIDR: "10.0.0.0/16"})
	bare := state.Record{Key: "0/vpc/b"} // discovered by its tags
	if _, err := kind.Observe(t.Context(), here(nil), []state.Record{rec, bare}); err != nil {
		t.Fatal(err)
	}
	made, err := kind.Create(t.Context(), here(nil), rec)
	if err != nil {
		t.Fatal(err)
	}
	if err := kind.Delete(t.Context(), here(nil), rec); err != nil {
		t.Fatal(err)
	}
	if !kind.Life().Exists {
		t.Error("want the kind's own life")
	}
	same(t, "what was made to be ours and the record's", Observation{Key: "0/vpc/a", ID: "vpc-a", Ours: true}, made)
	var blocks []string
	for _, w := range got {
		blocks = append(blocks, string(w.Key)+" "+w.set.CIDR)
	}
	same(t, "each record with its settings", []string{"0/vpc/a 10.0.0.0/16", "0/vpc/b ", "0/vpc/a 10.0.0.0/16", "0/vpc/a 10.0.0.0/16"}, blocks)
}

// Settings that cannot be read, as of a newer version: no call is made, and so nothing is unclear.
func TestAdaptedUnreadableSettings(t *testing.T) {
	var got []want[VPC]
	kind := adapt(plain{got: &got})
	rec := state.Record{Key: "0/vpc/a", Settings: state.Settings(`{"cidr":7}`)}
	_, observed := kind.Observe(t.Context(), here(nil), []state.Record{rec})
	_, created := kind.Create(t.Context(), here(nil), rec)
	for _, err := range []error{observed, created, kind.Delete(t.Context(), here(nil), rec)} {
		if !errors.Is(err, errUnfit) || Unclear(err) {
			t.Errorf("want a plain no, got %v", err)
		}
	}
	if len(got) > 0 {
		t.Errorf("want no call made, got %d", len(got))
	}
}

func TestAdaptedHandsErrorsOn(t *testing.T) {
	var got []want[VPC]
	no := refused("CreateVpc", "VpcLimitExceeded")
	kind := adapt(plain{err: no, got: &got})
	_, observed := kind.Observe(t.Context(), here(nil), []state.Record{{Key: "0/vpc/a"}})
	_, created := kind.Create(t.Context(), here(nil), state.Record{Key: "0/vpc/a"})
	for _, err := range []error{observed, created, kind.Delete(t.Context(), here(nil), state.Record{Key: "0/vpc/a"})} {
		if err != no { //nolint:errorlint // the very same
			t.Errorf("want the kind's error handed on, got %v", err)
		}
	}
}
