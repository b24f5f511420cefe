package sim_test

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"net/netip"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"vpclink/sim"
)

// The facts of AWS's published answers, by action: the page that has the example, and each member of the answer with
// the form of its value. They were read by a script from the AWS CLI's documentation, github.com/aws/aws-cli at commit
// 07c4fe366b49c4dde816d674f4941134fc432673, awscli/examples/ec2/ACTION.rst, elbv2/ and sts/: the first example of an
// action, or the one whose request the simulator can be asked, and after a slash further ones. Of attributes of listeners
// the AWS CLI has none: theirs is in the Network Load Balancers guide, as the page says. Where an example lists
// endpoints or services of several types, the one of type Interface.
//
// A form is a state word, a truth or an instance state's number as it is; an ID as its prefix and the count of its
// digits ("vpc-17"; the older examples have 8); or the kind of a value ("address", "time", "text", …). [] is a
// member of a list, and "none" an empty list. Where an example shows several members, their forms stand beside each
// other.
//
//go:embed testdata/published/answers.json
var published []byte

// example is what a page shows of an answer.
type example struct {
	Page   string            `json:"page"`
	Answer map[string]string `json:"answer"`
}

func examples(t *testing.T) map[string]example {
	t.Helper()
	var all map[string]example
	if err := json.Unmarshal(published, &all); err != nil {
		t.Fatalf("reading the published answers: %v", err)
	}
	return all
}

// allRequests are those of all files.
func allRequests() map[string]func(account) (any, error) {
	all := map[string]func(account) (any, error){}
	for _, some := range []map[string]func(account) (any, error){requests, linkingRequests, privatelinkRequests, modifyRequests} {
		maps.Copy(all, some)
	}
	return all
}

// The simulator's answers have the members that AWS's published answers have, with values of the same form. What is
// otherwise stands in differences, with its reason.
func TestPublishedAnswers(t *testing.T) {
	all, excused, requests := examples(t), newExcuses(t), allRequests()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		ask := requests[name]
		if ask == nil {
			t.Errorf("%s has a published answer (%s) and should be asked of the simulator", name, all[name].Page)
			continue
		}
		t.Run(name, func(t *testing.T) {
			story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
				answer, err := ask(a)
				a.fatal(err)
				have := map[string]map[string]bool{}
				shape(reflect.ValueOf(answer).Elem(), "", have)
				compare(t, name, all[name], have, excused)
			})
		})
	}
	for _, row := range excused.unused() {
		t.Errorf("the simulator answers as published by now: take %q out of the differences", row)
	}
}

// Every action of the simulator is compared with a published answer.
func TestEveryActionHasAPublishedAnswer(t *testing.T) {
	all := examples(t)
	for action := range sim.Handlers() {
		if _, ok := all[action]; !ok {
			t.Errorf("%s should be held to a published answer", action)
		}
	}
}

// compare says where an answer is not as published.
func compare(t *testing.T, name string, want example, have map[string]map[string]bool, excused *excuses) {
	t.Helper()
	for _, path := range slices.Sorted(maps.Keys(want.Answer)) {
		forms := strings.Split(want.Answer[path], "|")
		got, shown := have[path]
		switch {
		case !shown && !emptyOnce(path, want.Answer) && !excused.leftOut(name, path):
			t.Errorf("the answer should have %s (%s), as in %s", path, want.Answer[path], want.Page)
		case shown:
			for form := range got {
				if !slices.ContainsFunc(forms, func(f string) bool { return alike(f, form) }) && !excused.differs(name, path) {
					t.Errorf("%s should be %s, as in %s, not %s", path, want.Answer[path], want.Page, form)
				}
			}
		}
	}
	for _, path := range slices.Sorted(maps.Keys(have)) {
		if _, ok := want.Answer[path]; !ok && !coveredByNone(path, want.Answer) && !excused.added(name, path) {
			t.Errorf("the answer should not have %s (%v), which %s lacks", path, slices.Sorted(maps.Keys(have[path])), want.Page)
		}
	}
}

// coveredByNone reports whether the example has the list that a path is in, with nothing in it.
func coveredByNone(path string, answer map[string]string) bool {
	for at, r := range path {
		if r == ']' && answer[path[:at+1]] == "none" {
			return true
		}
	}
	return false
}

// emptyOnce reports whether a list is empty in one place of an example and not in another.
func emptyOnce(path string, answer map[string]string) bool {
	if answer[path] != "none" {
		return false
	}
	for other := range answer {
		if strings.HasPrefix(other, path+".") {
			return true
		}
	}
	return false
}

// alike compares forms. AWS writes IDs with 17 digits now; an example with 8 is older.
func alike(published, have string) bool {
	if prefix, ok := strings.CutSuffix(published, "-8"); ok {
		published = prefix + "-17"
	}
	return published == have
}

// shape notes the members that an answer has, and the forms of their values. A list is passed over when it has members.
func shape(v reflect.Value, path string, into map[string]map[string]bool) {
	note := func(form string) {
		if into[path] == nil {
			into[path] = map[string]bool{}
		}
		into[path][form] = true
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			shape(v.Elem(), path, into)
		}
	case reflect.Slice:
		path += "[]"
		if !v.IsNil() && v.Len() == 0 {
			note("none")
		}
		for i := range v.Len() {
			shape(v.Index(i), path, into)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			note("time")
		} else {
			members(v, path, into)
		}
	case reflect.Bool:
		note(strconv.FormatBool(v.Bool()))
	case reflect.String:
		if isEnum := v.Type() != reflect.TypeFor[string](); !isEnum || v.Len() > 0 { // an absent enum is ""
			note(formOf(path, v.String()))
		}
	case reflect.Int32, reflect.Int64:
		note(numberForm(path, v.Int()))
	default:
		note(fmt.Sprintf("a %s", v.Kind()))
	}
}

func members(v reflect.Value, path string, into map[string]map[string]bool) {
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.IsExported() && f.Name != "ResultMetadata" {
			shape(v.Field(i), strings.TrimPrefix(path+"."+f.Name, "."), into)
		}
	}
}

func numberForm(path string, n int64) string {
	if n < 0 || strings.HasSuffix(path, ".Code") {
		return strconv.FormatInt(n, 10)
	}
	return "number"
}

// freeText are the members that hold anything: what a user wrote, or secrets.
var freeText = []string{"Description", "Key", "Value", "GroupName", "KeyName", "ClientToken", "SecretAccessKey", "SessionToken", "LoadBalancerName", "TargetGroupName"}

// stateWords are the members with one of a few words that are written in other ways than most of AWS's.
var stateWords = []string{"Origin", "Reason", "VpcEndpointState", "VpcEndpointType", "ServiceState", "ServiceType", "PrincipalType"}

// forms are tried in their order.
var forms = []struct {
	name    string
	matches *regexp.Regexp
}{
	{"account", regexp.MustCompile(`^[0-9]{12}$`)},
	{"mac", regexp.MustCompile(`^([0-9a-f]{2}:){5}[0-9a-f]{2}$`)},
	{"zone", regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$`)},
	{"zone id", regexp.MustCompile(`^[a-z0-9]+-az[0-9]$`)},
	{"region", regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-[0-9]$`)},
	{"private name", regexp.MustCompile(`^ip-[0-9-]+\..*\.internal$`)},
	{"public name", regexp.MustCompile(`^ec2-[0-9-]+\..*\.amazonaws\.com$`)},
}

var (
	idForm  = regexp.MustCompile(`^(vpc|subnet|rtb|rtbassoc|sg|sgr|eni|eni-attach|igw|i|r|ami|tgw|tgw-rtb|tgw-attach|dopt|vpc-cidr-assoc|vol|eipalloc|eipassoc|pcx|vpce|vpce-svc|vpce-svc-perm|vpce-con)-([0-9a-f]+)$`)
	arnForm = regexp.MustCompile(`^arn:aws:([a-z0-9]+):([^:]*):([0-9]*):([a-z-]+)/(.*)$`)
	word    = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)
)

func formOf(path, s string) string {
	last := path[strings.LastIndexByte(path, '.')+1:]
	if s == "" {
		return "empty"
	}
	if slices.Contains(freeText, last) {
		return "text"
	}
	if p, err := netip.ParsePrefix(s); err == nil {
		return map[bool]string{true: "cidr", false: "cidr6"}[p.Addr().Is4()]
	}
	if _, err := netip.ParseAddr(s); err == nil {
		return "address"
	}
	for _, f := range forms {
		if f.matches.MatchString(s) {
			return f.name
		}
	}
	if m := arnForm.FindStringSubmatch(s); m != nil {
		region, account := strings.TrimPrefix(formOf("", m[2]), "empty"), formOf("", m[3])
		return fmt.Sprintf("arn:aws:%s:%s:%s:%s/%s", m[1], region, account, m[4], formOf("", m[5]))
	}
	if m := idForm.FindStringSubmatch(s); m != nil {
		return m[1] + "-" + strconv.Itoa(len(m[2]))
	}
	if word.MatchString(s) || slices.Contains(stateWords, last) {
		return s
	}
	if _, err := strconv.Atoi(s); err == nil {
		return s
	}
	return "text"
}
