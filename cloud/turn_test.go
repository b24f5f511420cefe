package cloud

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
)

// So many calls of as many actions that the buckets do not hold them up: no more than mostAtOnce are under way, and all
// are made in the end. Whoever gives up while waiting has done nothing, and takes nobody's place.
func TestHowManyAreUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		now, most := 0, 0
		count := func(by int) {
			mu.Lock()
			defer mu.Unlock()
			now += by
			most = max(most, now)
		}
		slow := func(r *http.Request) (*http.Response, error) {
			count(1)
			defer count(-1)
			<-time.After(time.Second)
			return made(r)
		}
		const calls = 2 * mostAtOnce
		s := &script{answers: slices.Repeat([]reply{slow}, calls)}
		client := connected(t.Context(), t, s).EC2
		var all sync.WaitGroup
		for i := range calls { // 100 describes and 50 creates are what the buckets hold
			all.Go(func() {
				call := describe
				if i%4 == 0 {
					call = create
				}
				if err := call(t.Context(), client); err != nil {
					t.Errorf("call %d should be made in the end, and ended with %v", i, err)
				}
			})
		}
		synctest.Wait()
		if most != mostAtOnce {
			t.Errorf("%d calls were under way at once, want %d", most, mostAtOnce)
		}
		impatient, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		_, err := client.DescribeSubnets(impatient, &ec2.DescribeSubnetsInput{}) // its bucket is full
		if AnswerOf(err) != NotExecuted || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a call that was given up while it waited should not be executed, and ended with %v", err)
		}
		all.Wait()
		if most != mostAtOnce || len(s.sent) != calls {
			t.Errorf("%d calls were sent, %d of them at once, want %d and %d", len(s.sent), most, calls, mostAtOnce)
		}
	})
}
