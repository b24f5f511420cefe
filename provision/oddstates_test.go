package provision

import (
	"bytes"
	"io"
	"net/http"
	"sync/atomic"

	"vpclink/sim"
)

// oddStates stands between the SDK and the world and shows, once, a state that nobody knows.
type oddStates struct {
	*sim.World
	nth  int // the how manieth answer that shows a state; 0: none
	seen atomic.Int64
}

func (o *oddStates) Do(r *http.Request) (*http.Response, error) {
	answer, err := o.World.Do(r)
	if err != nil || o.nth == 0 {
		return answer, err
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	_ = answer.Body.Close()
	for _, word := range []string{"available", "pending", "running", "deleting"} {
		shown := []byte("tate>" + word + "</")
		if bytes.Contains(body, shown) && o.seen.Add(1) == int64(o.nth) {
			body = bytes.Replace(body, shown, []byte("tate>quiescing</"), 1)
			break
		}
	}
	answer.Body, answer.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return answer, nil
}
