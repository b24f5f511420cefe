package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// byHand has somebody else make one call of EC2 in the simulator's account.
func (l *lab) byHand(action string, form url.Values) {
	l.t.Helper()
	w, err := newApp().open(l.t.Context(), simDir(l.dir), sim.Options{Speed: 1})
	if err != nil {
		l.t.Fatal(err)
	}
	form.Set("Action", action)
	form.Set("Version", "2016-11-15")
	r := httptest.NewRequestWithContext(l.t.Context(), http.MethodPost, "http://x/", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=000000000000/20260101/ap-northeast-1/ec2/aws4_request")
	answer, err := w.Do(r)
	if err != nil || answer.StatusCode != http.StatusOK {
		l.t.Fatalf("%s by hand: %v, %v", action, answer, err)
	}
	_ = answer.Body.Close()
	<-time.After(10 * time.Second)
	if err := w.Close(); err != nil {
		l.t.Fatal(err)
	}
}

// idOf is the ID of one of the stack's resources.
func (l *lab) idOf(key string) string {
	l.t.Helper()
	for _, r := range l.resources("status") {
		if r.Key == key {
			return r.ID
		}
	}
	l.t.Fatalf("there is no %s", key)
	return ""
}

type driftRow struct {
	Key, ID string
	Drift   []struct {
		Field, Is, Wanted string
		Foreign           bool
	}
}

func (l *lab) resources(args ...string) []driftRow {
	l.t.Helper()
	var out struct{ Resources []driftRow }
	if err := json.Unmarshal([]byte(l.must(append(args, "-o", "json")...).out), &out); err != nil {
		l.t.Fatal(err)
	}
	return out.Resources
}

// What somebody changed is told field by field, in a table and in JSON, with exit code 0; up mends what is ours.
func TestDriftIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		l.must("up", "tgw", "--vpcs", "a,b", "--target", "sim", "--sim-speed", "1", "--progress", "quiet")
		l.byHand("DeleteRoute", url.Values{"RouteTableId": {l.idOf("0/route-table/a")}, "DestinationCidrBlock": {"10.1.0.0/16"}})
		l.byHand("DeleteTags", url.Values{"ResourceId.1": {l.idOf("0/vpc/b")}, "Tag.1.Key": {"vpclink:lineage"}})
		l.byHand("AuthorizeSecurityGroupIngress", url.Values{
			"GroupId": {l.idOf("0/security-group/a")}, "IpProtocol": {"tcp"}, "FromPort": {"22"}, "ToPort": {"22"}, "CidrIp": {"10.9.0.0/16"},
		})
		told := l.must("status", "--live").out
		l.golden("live.out", told[strings.Index(told, "\n3 of 24"):])
		told = l.must("status", "--live", "--lang", "ja").out
		l.golden("live.ja.out", told[strings.Index(told, "\n24 件中"):])

		found := map[string]int{}
		for _, r := range l.resources("status", "--live") {
			if len(r.Drift) > 0 {
				found[r.Key] = len(r.Drift)
			}
		}
		if diff := cmp.Diff(map[string]int{"0/vpc/b": 1, "0/security-group/a": 1, "1.4.6/route/a:b": 1}, found); diff != "" {
			t.Errorf("JSON tells three (-want +got):\n%s", diff)
		}

		plan := l.must("plan", "tgw")
		if !strings.Contains(plan.out, ": 1 to replace, 1 to mend, 22 unchanged\n") {
			t.Errorf("a plan tells the route that is gone and the VPC that is mended, and says\n%s", plan.out)
		}
		if e := l.must("plan", "tgw", "-o", "json"); strings.Count(e.out, `"action":"replace","in_place":true`) != 1 || !strings.Contains(e.out, `"replace":2,`) {
			t.Errorf("JSON tells both as replaced, one in place:\n%s", e.out)
		}
		if e := l.must("up", "tgw", "--progress", "quiet"); !strings.Contains(e.out, ": 2 made, 0 adopted, 22 unchanged in ") {
			t.Errorf("up mends the two that are ours, and says\n%s", e.out)
		}
		if e := l.must("status", "--live"); !strings.Contains(e.out, "1 of 24 are not as recorded:\n") {
			t.Errorf("the stranger's rule is left, and told:\n%s", e.out)
		}
		l.must("down", "--yes", "--progress", "quiet")
	})
}
