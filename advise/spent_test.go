package advise

import (
	"testing"
	"time"

	"vpclink/words"
)

// An endpoint hour that has begun is billed as a whole one (aws-facts §6); the others are counted to the second.
func TestSpent(t *testing.T) {
	tokyo, _ := Prices("ap-northeast-1")
	nowhere, _ := Prices("eu-west-9")
	for _, c := range []struct {
		name  string
		table Table
		thing Thing
		span  time.Duration
		want  string
	}{
		{"by the second", tokyo, Thing{Kind: "tgw-attachment", Count: 1}, 90 * time.Minute, "0.105"},
		{"several", tokyo, Thing{Kind: "tgw-attachment", Count: 3}, time.Hour, "0.21"},
		{"whole hours", tokyo, Thing{Kind: "vpc-endpoint", Count: 1, AZs: 2}, 61 * time.Minute, "0.056"},
		{"one hour, and not a bit more", tokyo, Thing{Kind: "vpc-endpoint", Count: 1}, time.Hour, "0.014"},
		{"no time", tokyo, Thing{Kind: "vpc-endpoint", Count: 1}, 0, "0"},
		{"free", tokyo, Thing{Kind: "vpc", Count: 1}, 100 * time.Hour, "0"},
		{"an instance, whose disk has no price", tokyo, Thing{Kind: "instance", Count: 1, Type: "t3.medium", OS: "windows", PublicIP: true}, time.Hour, "0.0778+?"},
		{"a type without a price", tokyo, Thing{Kind: "instance", Count: 1, Type: "x9.huge", OS: "linux"}, time.Hour, "unknown"},
		{"a region without prices", nowhere, Thing{Kind: "nlb", Count: 1}, time.Hour, "unknown"},
	} {
		if got := c.table.Spent(c.thing, c.span).Say(words.English); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestSplit(t *testing.T) {
	tokyo, _ := Prices("ap-northeast-1")
	links, instances := Split(tokyo.Hourly(Thing{Kind: "nlb", Count: 1}, Thing{Kind: "instance", Count: 1, Type: "t3.medium", OS: "windows", PublicIP: true}))
	if got := Total(links).Say(words.English); got != "0.0293" {
		t.Errorf("the links are %s an hour, want the load balancer and the public address: 0.0293", got)
	}
	if got := Total(instances).Say(words.English); got != "0.0728+?" {
		t.Errorf("the instances are %s an hour, want one instance without its disk: 0.0728+?", got)
	}
}
