package localstack

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vpclink/cloud"
)

// A served simulator is the target sim at its own speed, and its time goes on between two commands.
func TestDetectSimulator(t *testing.T) {
	endpoint := serve(t, map[string]string{"/_sim/health": `{"name":"vpclink-sim","version":"1.2.3","id":"x","time":"2026-01-02T03:04:05Z","speed":300}`})
	got, err := Detect(t.Context(), endpoint, http.DefaultClient)
	if err != nil {
		t.Fatalf("a simulator is known, got %v", err)
	}
	want := cloud.Target{Name: "sim", Version: "1.2.3", Endpoint: endpoint, Speed: 300, Settle: 100 * time.Millisecond, Lag: 5 * time.Second / 300}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the target (-want +got):\n%s", diff)
	}
	if _, err := Detect(t.Context(), serve(t, map[string]string{"/_sim/health": `{"name":"another","speed":300}`}), http.DefaultClient); err == nil {
		t.Error("a health page of something else is refused")
	}
}
