package provision

import (
	"errors"
	"testing"
	"time"

	"vpclink/cloud"
	"vpclink/state"
	"vpclink/steps"
	"vpclink/waiters"
	"vpclink/words"
)

// The errors of all that a run goes through are told in Japanese as wholes: parts in the other order, AWS's words and
// states as they are.
func TestErrorsInJapanese(t *testing.T) {
	aws := errors.New("DependencyViolation: in use")
	quota := steps.Quotas[0]
	for _, c := range []struct {
		err  error
		want string
	}{
		{
			&waiters.UnexpectedError{ID: "i-1", State: "failed", Wanted: []string{"running"}, Reason: "no room"},
			`running を待っていましたが、i-1 は "failed" になりました: no room`,
		},
		{
			&waiters.TimeoutError{ID: "i-1", State: "running", Lacks: "its public address", Wanted: []string{"running"}, After: time.Minute},
			`i-1 は 1m0s たっても "running (パブリックアドレス なし)" のままです (待っていたのは running)`,
		},
		{
			&waiters.TimeoutError{ID: "vpce-1", State: "draining", Left: "eni-1", Wanted: []string{"deleted"}, Ours: "absent", After: time.Minute},
			`vpce-1 は 1m0s たっても "draining" のままです (待っていたのは deleted または なくなること): ネットワークインターフェイス eni-1 がまだ残っています`,
		},
		{
			&waiters.TimeoutError{ID: "0/vpc/a", Refused: true, Ours: "AWS to take it", After: time.Minute, Last: aws},
			"0/vpc/a は 1m0s たっても拒否されたままです (待っていたのは AWS による受け付け): DependencyViolation: in use",
		},
		{
			&steps.StrangerError{Kind: "association of %s", ID: "subnet-9", On: "rtb-1", Err: aws},
			"vpclink が作成したものではないものが rtb-1 を使用しています: subnet-9 の関連付け: DependencyViolation: in use",
		},
		{&cloud.RegionError{}, "リージョンが指定されていません; --region ap-northeast-1 を指定するか、AWS_REGION を設定するか、プロファイルに region = … を書いてください"},
		{&QuotaError{Quota: quota, May: 5, Has: 4, Would: 7, Region: "r"}, "r の VPC はアカウントで 5 個までです。現在 4 個あり、7 個になります (クォータ vpc L-F678F1CE)"},
		{
			&DifferentError{ID: "nlb-1", Diff: []steps.Field{{Name: "what it is made of", Want: "subnet a:2", More: true, Flag: "--azs"}, {Name: "image", Want: "ami-1"}}},
			"nlb-1 は設定が異なりますが、vpclink は既存のものを置き換えません: 構成要素: 指定では subnet a:2 が加わります (--azs); イメージ: 現在 未設定、指定 ami-1",
		},
		{refuse("--vpcs %s: %w", "a=x", words.New("--routes %s: each or summary")), "--vpcs a=x: --routes %s: each または summary を指定してください"},
		{
			&RunError{Failures: []Left{{Key: "0/vpc/a", Err: &BlockedError{By: state.Key("0/vpc/b")}}}, Ended: errEnded},
			"0/vpc/a: 0/vpc/b が失敗したため開始しませんでした\n実行は途中で終わりました",
		},
	} {
		if got := words.Japanese.Error(c.err); got != c.want {
			t.Errorf("%v should be told as\n%s\nnot\n%s", c.err, c.want, got)
		}
		if got := words.English.Error(c.err); got != c.err.Error() {
			t.Errorf("in English it is what Error says, %q, not %q", c.err, got)
		}
	}
}
