package sim_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// quick makes everything at once, so that these tests need no fake clock: files and locks are real.
var quick = sim.Options{NoDelay: true, NoLimits: true}

func open(t *testing.T, dir string, opts sim.Options) *sim.World {
	t.Helper()
	w, err := sim.Open(t.Context(), dir, opts)
	if err != nil {
		t.Fatalf("opening the world: %v", err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w
}

func shut(t *testing.T, w *sim.World) {
	t.Helper()
	if err := w.Close(); err != nil {
		t.Fatalf("closing the world: %v", err)
	}
}

func worldFile(dir string) string { return filepath.Join(dir, "world.jsonl") }

func createVPC(t *testing.T, w *sim.World, cidr string) string {
	t.Helper()
	out, err := ec2In(w, sim.DefaultAccount, tokyo).CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: &cidr})
	if err != nil {
		t.Fatalf("making a VPC: %v", err)
	}
	return *out.Vpc.VpcId
}

func removeVPC(t *testing.T, w *sim.World, id string) {
	t.Helper()
	if _, err := ec2In(w, sim.DefaultAccount, tokyo).DeleteVpc(t.Context(), &ec2.DeleteVpcInput{VpcId: &id}); err != nil {
		t.Fatalf("deleting a VPC: %v", err)
	}
}

// Between two processes the world stands still, and then goes on.
func TestAWorldIsKept(t *testing.T) {
	dir := t.TempDir()
	w := open(t, dir, sim.Options{Speed: 3600, NoLimits: true})
	createVPC(t, w, "10.0.0.0/16")
	objects, calls := w.History(), w.Calls()
	shut(t, w)
	closed := w.Now()
	pass(20 * time.Millisecond)

	w = open(t, dir, sim.Options{Speed: 1, NoLimits: true})
	if late := w.Now().Sub(closed); late < -time.Minute || late > 10*time.Second {
		t.Errorf("the world should stand still while it is closed, but its clock moved on by %v", late)
	}
	if diff := cmp.Diff(objects[0].ID, w.History()[0].ID); diff != "" {
		t.Errorf("the VPC should be there again:\n%s", diff)
	}
	if diff := cmp.Diff(calls, w.Calls()); diff != "" {
		t.Errorf("the log of changing calls should be there again:\n%s", diff)
	}
	if next := createVPC(t, w, "10.1.0.0/16"); next == objects[0].ID || w.Changes() != 2 {
		t.Errorf("the next VPC should have another ID than %s, and be call 2, not %d", next, w.Changes())
	}
}

// A process that is killed leaves every call whose answer left.
func TestAKilledProcessLosesNothing(t *testing.T) {
	dir := t.TempDir()
	w := open(t, dir, quick)
	id := createVPC(t, w, "10.0.0.0/16")
	other := t.TempDir() // the file as it is this moment, nobody having closed anything
	write(t, other, read(t, dir))
	if have := open(t, other, quick).Objects(); len(have) != 1 || have[0].ID != id {
		t.Errorf("the VPC should be in the file before its answer leaves, not %+v", have)
	}
}

func TestATornLineIsCutOff(t *testing.T) {
	dir := t.TempDir()
	w := open(t, dir, quick)
	id := createVPC(t, w, "10.0.0.0/16")
	shut(t, w)
	write(t, dir, append(read(t, dir), "0badc0de {\"chan"...))
	w = open(t, dir, quick)
	if have := w.Objects(); len(have) != 1 || have[0].ID != id {
		t.Errorf("the VPC should be there, not %+v", have)
	}
	createVPC(t, w, "10.1.0.0/16")
	shut(t, w)
	if have := open(t, dir, quick).Objects(); len(have) != 2 {
		t.Errorf("what is written after the torn line should be read, both VPCs, not %+v", have)
	}
}

func TestDamageIsRefused(t *testing.T) {
	for what, row := range map[string]struct {
		spoil func([]byte) []byte
		line  string
	}{
		"a letter changed": {func(b []byte) []byte { return bytes.Replace(b, []byte("CreateVpc"), []byte("CreateVpd"), 1) }, ":4:"},
		"a line missing":   {func(b []byte) []byte { return b[bytes.IndexByte(b, '\n')+1:] }, ":1:"},
	} {
		t.Run(what, func(t *testing.T) {
			dir := t.TempDir()
			w := open(t, dir, quick)
			createVPC(t, w, "10.0.0.0/16")
			shut(t, w)
			spoilt := row.spoil(read(t, dir))
			write(t, dir, spoilt)
			_, err := sim.Open(t.Context(), dir, quick)
			if !errors.Is(err, sim.ErrDamaged) || !strings.Contains(err.Error(), worldFile(dir)+row.line) {
				t.Errorf("opening should fail, and name %s%s, not end with %v", worldFile(dir), row.line, err)
			}
			if !bytes.Equal(read(t, dir), spoilt) {
				t.Error("the damaged file should be left as it is")
			}
			if err := sim.Reset(t.Context(), dir); err != nil {
				t.Fatalf("emptying the world: %v", err)
			}
			if have := open(t, dir, quick).Changes(); have != 0 {
				t.Errorf("after Reset the world should be new, not have %d calls", have)
			}
		})
	}
}

// A file of another version, or one whose calls come out otherwise by now, says what to type.
func TestAnotherVersionIsRefused(t *testing.T) {
	line := func(json string) string { return fmt.Sprintf("%08x %s\n", crc32.ChecksumIEEE([]byte(json)), json) }
	for what, text := range map[string]string{
		"a version to come": line(`{"sim":{"version":99}}`),
		"an action that is no more": line(`{"sim":{"version":1}}`) +
			line(`{"change":{"n":1,"time":"2026-01-01T00:00:00Z","account":"000000000000","region":"eu-west-1","service":"ec2","action":"MakeRain"}}`),
		"an answer that would be another one": line(`{"sim":{"version":1}}`) +
			line(`{"change":{"n":1,"time":"2026-01-01T00:00:00Z","account":"000000000000","region":"eu-west-1","service":"ec2","action":"CreateVpc","form":"CidrBlock=10.0.0.0/16","code":"VpcLimitExceeded"}}`),
	} {
		dir := t.TempDir()
		write(t, dir, []byte(text))
		if _, err := sim.Open(t.Context(), dir, quick); !errors.Is(err, sim.ErrVersion) || !strings.Contains(err.Error(), "vpclink sim reset") {
			t.Errorf("%s should be refused, and the error should name vpclink sim reset: %v", what, err)
		}
	}
}

func read(t *testing.T, dir string) []byte {
	t.Helper()
	data, err := os.ReadFile(worldFile(dir))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func write(t *testing.T, dir string, data []byte) {
	t.Helper()
	if err := os.WriteFile(worldFile(dir), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// When nothing is left, the file begins anew; the clock and the numbers of the calls go on.
func TestAnEmptyWorldBeginsAnew(t *testing.T) {
	dir := t.TempDir()
	w := open(t, dir, quick)
	first := createVPC(t, w, "10.0.0.0/16")
	removeVPC(t, w, first)
	shut(t, w)
	before := w.Now()
	w = open(t, dir, quick)
	if bytes.Contains(read(t, dir), []byte(`{"change"`)) {
		t.Error("the file should be begun anew when nothing is left")
	}
	if w.Changes() != 2 || w.Now().Before(before) {
		t.Errorf("calls should be counted on from 2, not %d, and the clock should go on", w.Changes())
	}
	if again := createVPC(t, w, "10.0.0.0/16"); again == first {
		t.Error("IDs should not repeat")
	}
	shut(t, w)
	if have := open(t, dir, quick); have.Changes() != 3 || len(have.Objects()) != 1 {
		t.Errorf("the new file should be read as well: 3 calls, 1 VPC, not %d, %d", have.Changes(), len(have.Objects()))
	}
}

// Whoever changed something of the default VPC finds it changed.
func TestTheDefaultVPCIsKept(t *testing.T) {
	dir := t.TempDir()
	w := open(t, dir, quick)
	if _, err := ec2In(w, sim.DefaultAccount, tokyo).DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{}); err != nil {
		t.Fatal(err)
	}
	id := w.Furniture()[0].ID
	_, err := ec2In(w, sim.DefaultAccount, tokyo).CreateTags(t.Context(), &ec2.CreateTagsInput{Resources: []string{id}, Tags: []types.Tag{{Key: new("x"), Value: new("y")}}})
	if err != nil {
		t.Fatal(err)
	}
	shut(t, w)
	if have := open(t, dir, quick).Furniture(); len(have) == 0 || have[0].Tags["x"] != "y" {
		t.Error("the tag of the default VPC should be there again")
	}
}

// The clock is kept every second, so that a killed process does not turn it back far.
func TestTheClockIsKept(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		w := open(t, dir, sim.Options{Speed: 60})
		a := account{Client: ec2In(w, sim.DefaultAccount, tokyo), t: t}
		a.vpc("a", "10.0.0.0/16")
		pass(10 * time.Second)
		_, err := a.subnets(t.Context(), nil)
		a.fatal(err)
		before := w.Now()
		write(t, other, read(t, dir)) // as a killed process leaves it
		if have := open(t, other, sim.Options{}).Now(); have.Before(before.Add(-time.Minute)) {
			t.Errorf("the clock should be at %v, give or take a second of ours, not at %v", before, have)
		}
	})
}

// Options may change between two processes: what was made keeps the durations it was made with.
func TestOptionsMayChange(t *testing.T) {
	dir := t.TempDir()
	w := open(t, dir, sim.Options{NoLimits: true, Scale: 100})
	createVPC(t, w, "10.0.0.0/16")
	slow := w.Objects()[0].Ready
	shut(t, w)
	w = open(t, dir, quick)
	createVPC(t, w, "10.1.0.0/16")
	f := w.Fork(1, w.Now())
	createVPC(t, f, "10.2.0.0/16")
	if o := f.Objects(); !o[0].Ready.Equal(slow) || !o[1].Ready.Equal(o[1].Asked) {
		t.Errorf("a fork should replay the past as it was, and go on under the options of now, not make %+v", o)
	}
	shut(t, w)
	have := open(t, dir, sim.Options{NoLimits: true, Scale: 7}).Objects()
	if !have[0].Ready.Equal(slow) || !have[1].Ready.Equal(have[1].Asked) {
		t.Errorf("the first VPC should be ready at %v, the second at once, not %v and %v", slow, have[0].Ready, have[1].Ready)
	}
}

// Bucket levels are kept: closing and opening the world is no way around the limits.
func TestBucketsAreKept(t *testing.T) {
	dir := t.TempDir()
	slow := sim.Options{Speed: 1e-6}
	w := open(t, dir, slow)
	look := func() string {
		_, err := ec2In(w, sim.DefaultAccount, tokyo).DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{})
		return code(err)
	}
	for range 101 { // one more than it holds
		_ = look()
	}
	shut(t, w)
	w = open(t, dir, slow)
	if have := look(); have != "RequestLimitExceeded" {
		t.Errorf("the bucket should still be empty, but the call ended with %q", have)
	}
}

// One process at a time: the others wait, as long as they have.
func TestTwoProcesses(t *testing.T) {
	dir := t.TempDir()
	if os.Getenv("SIM_HOLD") != "" { // the other process
		w := open(t, os.Getenv("SIM_HOLD"), quick)
		createVPC(t, w, "10.0.0.0/16")
		_, _ = os.Stdout.WriteString("held\n")
		_, _ = os.Stdin.Read(make([]byte, 1))
		return
	}
	other := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestTwoProcesses$", "-test.v")
	other.Env = append(os.Environ(), "SIM_HOLD="+dir)
	in, err := other.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := other.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	var said []byte
	for buf := make([]byte, 256); !bytes.Contains(said, []byte("held\n")); {
		n, err := out.Read(buf)
		if err != nil {
			t.Fatalf("the other process ended, having said %q: %v", said, err)
		}
		said = append(said, buf[:n]...)
	}

	short, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := sim.Open(short, dir, quick); !errors.Is(err, sim.ErrLocked) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a held world should be an error that matches ErrLocked and the deadline, not %v", err)
	}
	opened := make(chan error, 1)
	go func() {
		w, err := sim.Open(t.Context(), dir, quick)
		if err == nil {
			err = w.Close()
		}
		opened <- err
	}()
	if err := other.Process.Kill(); err != nil { // a killed holder lets go
		t.Fatal(err)
	}
	_ = in.Close()
	_ = other.Wait()
	if err := <-opened; err != nil {
		t.Errorf("the waiting process should get the world when the other one is killed, not %v", err)
	}
	if have := open(t, dir, quick).Objects(); len(have) != 1 {
		t.Errorf("what the killed process made should be there, one VPC, not %+v", have)
	}
}

// A closed world answers nothing, and can be closed again.
func TestAClosedWorld(t *testing.T) {
	w := open(t, t.TempDir(), quick)
	shut(t, w)
	shut(t, w)
	if _, err := ec2In(w, sim.DefaultAccount, tokyo).DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{}); err == nil {
		t.Error("a closed world should not answer")
	}
}
