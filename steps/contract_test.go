package steps

import (
	"flag"
	"maps"
	"slices"
	"testing"
	"testing/synctest"

	"vpclink/cloud"
	"vpclink/localstack"
)

var (
	contractTarget   = flag.String("target", simulator, "what TestContract runs against: sim, localstack, moto")
	contractEndpoint = flag.String("endpoint", "", "where that target answers, the usual place when empty")
)

// simulator is the target that needs no service.
const simulator = "sim"

// The same cases for every kind on every target. Each has one outcome, a few words: AWS's, or the one that the table
// of differences names for this target, and then the test is skipped with the reason. A difference that is no longer
// there fails like one that is new, so the table holds what the targets do.
func TestContract(t *testing.T) {
	reach := contractReach(t)
	kinds := contractKinds()
	for _, word := range slices.Sorted(maps.Keys(Kinds())) {
		kind, listed := kinds[word]
		if !listed {
			t.Errorf("%s: want it in contractKinds", word)
			continue
		}
		t.Run(word, func(t *testing.T) {
			if why := lacked(contractServer(*contractTarget), word); why != "" {
				t.Skip(why)
			}
			for _, c := range contractCases {
				t.Run(string(c.name), func(t *testing.T) {
					if kind.aws[c.name].does == "" {
						t.Skip(kind.aws[c.name].why)
					}
					judge(t, word, c.name, kind.aws[c.name], reach(t, word, c.run))
				})
			}
		})
	}
}

// contractVersions are the servers that the differences were measured on.
var contractVersions = map[string]string{localstack.LocalStack: "4.13.1", localstack.Moto: "5.2.5"}

// contractServer is a target by its name, as far as what it lacks goes.
func contractServer(name string) cloud.Target {
	return cloud.Target{Name: name, Version: contractVersions[name], Caps: localstack.Caps(name)}
}

// lacked says why a target cannot play the cases of a kind: it lacks that, or what such a thing cannot be made without.
func lacked(target cloud.Target, word string) string {
	kinds := contractKinds()
	for ; word != ""; word = kinds[word].parent {
		if why := Lacks(target, word); why != nil {
			return why.Error()
		}
	}
	return ""
}

// judge compares an outcome with AWS's, or with the one that is known of this target.
func judge(t *testing.T, kind string, name contractCase, aws promise, got string) {
	t.Helper()
	known, differs := contractDifferences()[*contractTarget][kind][name]
	switch {
	case !differs && got != aws.does:
		t.Errorf("want what AWS does (%s): %q; %s does %q, which its table of differences does not have",
			aws.why, aws.does, *contractTarget, got)
	case differs && got == aws.does:
		t.Errorf("want %q taken out of the differences: %s does as AWS does", known.does, *contractTarget)
	case differs && got != known.does:
		t.Errorf("want the difference that is known of %s, %q (AWS: %q); got %q", *contractTarget, known.does, aws.does, got)
	case differs:
		t.Skipf("%s instead of %s: %s", got, aws.does, known.why)
	}
}

// contractReach returns what plays a case on the target that was asked for, each in a stack of its own.
func contractReach(t *testing.T) func(*testing.T, string, func(*bench) string) string {
	t.Helper()
	if *contractTarget == simulator {
		return func(t *testing.T, kind string, run func(*bench) string) (got string) {
			t.Helper()
			synctest.Test(t, func(t *testing.T) { got = run(newSimBench(t, kind)) })
			return got
		}
	}
	endpoint := *contractEndpoint
	if endpoint == "" {
		endpoint = localstack.Endpoints()[*contractTarget]
	}
	target, err := localstack.Detect(t.Context(), endpoint, serverClient)
	if err != nil {
		t.Fatalf("want %s at %q (make %[1]s starts it), got %v", *contractTarget, endpoint, err)
	}
	if target.Name != *contractTarget {
		t.Fatalf("want %s at %s, found %s there", *contractTarget, endpoint, target.Name)
	}
	return func(t *testing.T, kind string, run func(*bench) string) string {
		t.Helper()
		b := newServerBench(t, kind, target)
		defer b.clear()
		return run(b)
	}
}

// Every case of every kind says what AWS does, or why the kind has no such case.
func TestContractTablesAreWhole(t *testing.T) {
	for word, kind := range contractKinds() {
		for _, c := range contractCases {
			if p, listed := kind.aws[c.name]; !listed || p.why == "" {
				t.Errorf("%s, %s: want what AWS does and its source, or why there is no such case", word, c.name)
			}
		}
		if len(kind.aws) > len(contractCases) {
			t.Errorf("%s: want no cases but those of contractCases, got %d for %d", word, len(kind.aws), len(contractCases))
		}
	}
}

// Every difference is of a target that there is, from a case that AWS knows, and says why.
func TestContractDifferencesAreWhole(t *testing.T) {
	for target, kinds := range contractDifferences() {
		if _, known := localstack.Endpoints()[target]; !known && target != simulator {
			t.Errorf("want only targets that there are, got %q", target)
		}
		for word, cases := range kinds {
			for name, d := range cases {
				aws := contractKinds()[word].aws[name].does
				if why := lacked(contractServer(target), word); why != "" {
					t.Errorf("%s, %s, %s: want no difference where nothing is played (%s), got %+v", target, word, name, why, d)
				}
				if aws == "" || d.does == aws || d.does == "" || d.why == "" {
					t.Errorf("%s, %s, %s: want another outcome than AWS's %q and a reason, got %+v", target, word, name, aws, d)
				}
			}
		}
	}
}
