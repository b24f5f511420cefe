package main

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"vpclink/cloud"
	"vpclink/provision"
	"vpclink/sim"
	"vpclink/state"
	"vpclink/steps"
	"vpclink/waiters"
	"vpclink/words"
)

// advice is what is known of one of AWS's codes, or of what several codes mean. {action}, {region}, {again}, {down} and
// {profile} stand for what they name.
type advice struct {
	codes   []string
	meaning cloud.Meaning // when codes is nil
	why     words.Text
	try     words.Text
}

// quota is how a quota is raised (codes of aws-facts §1.4).
const quota = "aws service-quotas request-service-quota-increase --region {region} --service-code "

// advices are looked through in order: codes stand before what they mean.
var advices = []advice{
	{codes: []string{"OperationNotPermitted"}, why: "it is protected, as by an instance's termination protection", try: "take the protection off, then {again}"},
	{codes: []string{"OptInRequired", "Blocked", "PendingVerification"}, why: "AWS has not opened this account for it, or has closed it", try: "look into the account's mail and billing page, then {again}"},
	{codes: []string{"ExpiredToken", "ExpiredTokenException"}, why: "the credentials have expired", try: "log in again, as with aws sso login{profile}, then {again}"},
	// EC2 answers a session that is over and a clock that is wrong alike (github.com/aws/aws-sdk-go-v2/issues/1674).
	{codes: []string{"RequestExpired"}, why: "the credentials have expired, or this machine's clock is wrong: EC2 says the same of both", try: "log in again, as with aws sso login{profile}, or set the clock, then {again}"},
	{codes: []string{"VpcLimitExceeded"}, why: "the account has as many VPCs in {region} as it may, 5 unless raised; the default VPC counts", try: "delete a VPC that is not needed, or ask for more with: " + quota + "vpc --quota-code L-F678F1CE --desired-value 20"},
	{codes: []string{"TransitGatewayLimitExceeded"}, why: "the account has as many transit gateways as it may, 5 unless raised", try: "delete one that is not needed, or ask for more with: " + quota + "ec2 --quota-code L-A2478D36 --desired-value 10"},
	{codes: []string{"VcpuLimitExceeded"}, why: "the account may not run more vCPUs in {region}", try: "stop other instances, or ask for more with: " + quota + "ec2 --quota-code L-1216C47A --desired-value 32"},
	{codes: []string{"RulesPerSecurityGroupLimitExceeded"}, why: "a security group holds 60 rules unless raised", try: "take the stack down ({down}) and make it with --routes summary"},
	{codes: []string{"InternetGatewayLimitExceeded"}, why: "the account has as many internet gateways in {region} as it may, 5 unless raised; the default VPC's counts", try: "delete one that is not needed, or ask for more with: " + quota + "vpc --quota-code L-A4707A72 --desired-value 20"},
	{codes: []string{"VpcPeeringConnectionsPerVpcLimitExceeded"}, why: "a VPC has as many peering connections as it may, 50 unless raised", try: "use a hub (vpclink up tgw), or ask for more with: " + quota + "vpc --quota-code L-7E9ECCDB --desired-value 125"},
	{codes: []string{"OutstandingVpcPeeringConnectionLimitExceeded", "PendingVpcPeeringConnectionLimitExceeded"}, why: "too many peering requests of the account wait to be accepted", try: "accept or reject those that others made, then {again}"},
	{codes: []string{"VpcEndpointLimitExceeded"}, why: "the VPC has as many interface endpoints as it may, 50 unless raised", try: "delete one that is not needed, or ask for more with: " + quota + "vpc --quota-code L-29B6F2EB --desired-value 100"},
	{codes: []string{"TooManyLoadBalancers"}, why: "the account has as many network load balancers in {region} as it may, 50 unless raised", try: "delete one that is not needed, or ask for more with: " + quota + "elasticloadbalancing --quota-code L-69A177A2 --desired-value 100"},
	{codes: []string{"InvalidServiceName"}, why: "the endpoint service is gone, or this account may not use it", try: "{again}: what is missing is made anew"},
	{codes: []string{"InvalidTarget"}, why: "the load balancer does not see the instance running in its VPC", try: "start the instance, then {again}"},
	{codes: []string{"InvalidAMIID.NotFound", "InvalidAMIID.Unavailable", "InvalidAMIID.Malformed"}, why: "{region} has no such image that this account may use", try: "give --image an AMI of {region}, or leave it out"},
	{codes: []string{"InvalidKeyPair.NotFound"}, why: "{region} has no key pair of that name in this account", try: "list them with aws ec2 describe-key-pairs --region {region}, then up again with --key"},
	{codes: []string{"InvalidIPAddress.InUse"}, why: "something else in the subnet has that address", try: "take it away, then {again}"},
	{codes: []string{"Unsupported"}, why: "the availability zone does not have that instance type", try: "up again with another --instance-type"},

	{meaning: cloud.Denied, why: "these credentials may not call {action}", try: "have the action allowed in the policy, or give another --profile of the same account, then {again}"},
	{meaning: cloud.Credentials, why: "AWS does not accept these credentials any more", try: "log in again, as with aws sso login{profile}, then {again}"},
	{meaning: cloud.Clock, why: "this machine's clock is wrong, so AWS takes every signature for expired", try: "set the clock, then {again}"},
	{meaning: cloud.LimitReached, why: "a quota of the account is used up", try: "delete what is not needed, or raise it in the Service Quotas console, then {again}"},
	{meaning: cloud.Capacity, why: "AWS has no room for it in that availability zone just now", try: "{again} later, or with another --instance-type"},
	{meaning: cloud.NotFound, why: "what the call names was deleted outside vpclink, or the credentials lead elsewhere", try: "{again}: what is missing is made anew"},
	{meaning: cloud.Dependency, why: "something that vpclink cannot see still hangs on it", try: "find it in the console and take it away, then {again}"},
	{meaning: cloud.WrongState, why: "it is not in a state in which AWS takes the call", try: "{again} in a few minutes"},
	{meaning: cloud.Internal, why: "AWS failed on its own side", try: "{again}"},
	{meaning: cloud.Exists, why: "something is there already that leaves no room for it", try: "find it in the console and take it away, then {again}"},
	{meaning: cloud.TokenUsed, why: "an earlier call under the same token asked for something else", try: "{again}"},
	{meaning: cloud.Malformed, why: "AWS does not take the request as it is", try: "change what AWS's words are about, then {again}"},
	{meaning: cloud.Unsupported, why: "it is not offered there", try: "another --region or --instance-type, then {again}"},
	{meaning: cloud.Throttled, why: "others use up the account's request rate", try: "{again} later"},
}

// adviceFor says why an error came about and what to do, "" for what is not known.
func adviceFor(l words.Language, err error, b about) (why, try string) {
	if why, try = ownAdvice(l, err); why == "" && try == "" {
		why, try = codeAdvice(l, err)
	}
	fault, _ := cloud.FaultOf(err)
	return filledIn(l, why, fault, b), filledIn(l, try, fault, b)
}

// filledIn has what an advice's placeholders stand for in their place.
func filledIn(l words.Language, text string, fault cloud.Fault, b about) string {
	profile := ""
	if b.profile != "" {
		profile = " --profile " + b.profile
	}
	return strings.NewReplacer(
		"{action}", fault.Action, "{region}", cmp.Or(fault.Region, b.region, l.In("the region")), "{profile}", profile,
		"{again}", cmp.Or(filled(l, "run %s", b.again), l.In("run the command again")), "{down}", cmp.Or(b.down, "vpclink down"),
	).Replace(text)
}

func codeAdvice(l words.Language, err error) (why, try string) {
	fault, answered := cloud.FaultOf(err)
	if answered && fault.Code == "" {
		return l.In("there is no network, no such region, or AWS is not to be reached from here"), l.In("check the network and --region, then {again}")
	}
	i := slices.IndexFunc(advices, func(a advice) bool {
		return slices.Contains(a.codes, fault.Code) || a.codes == nil && a.meaning == cloud.MeaningOf(err)
	})
	if i < 0 {
		return "", ""
	}
	return l.In(advices[i].why), l.In(advices[i].try)
}

// ownAdvice is about vpclink's own errors, which say most of it themselves.
func ownAdvice(l words.Language, err error) (why, try string) {
	if different, ok := errors.AsType[*provision.DifferentError](err); ok {
		return differentAdvice(l, different)
	}
	if conflict, ok := errors.AsType[*provision.ConflictError](err); ok {
		return l.In("vpclink does not change what it did not make"), l.Say("take %s away or change it to fit, then {again}", conflict.ID)
	}
	if gone, ok := errors.AsType[*provision.GoneError](err); ok {
		return l.Say("somebody took %s away", gone.ID), l.In("bring it back, or take the stack down: {down}")
	}
	if full, ok := errors.AsType[*provision.QuotaError](err); ok {
		return l.In("AWS would refuse it half-way"), l.Say("delete what is not needed, or ask for more: %s%s --quota-code %s --desired-value %d",
			strings.Replace(quota, "{region}", full.Region, 1), full.Quota.Service, full.Quota.Code, full.Would)
	}
	if stranger, ok := errors.AsType[*steps.StrangerError](err); ok {
		return l.In("AWS deletes nothing that something hangs on, and vpclink takes away only what it made"), l.Say("take %s away, then {again}", stranger.ID)
	}
	if mistyped, ok := errors.AsType[*usageError](err); ok {
		return "", mistyped.next(l)
	}
	if wrong, ok := errors.AsType[interface {
		error
		Try(l words.Language) string
	}](err); ok { // of cloud: about credentials, region, endpoint
		return "", wrong.Try(l)
	}
	if disk, ok := errors.AsType[*state.DiskError](err); ok {
		return diskAdvice(l, disk)
	}
	if damage, ok := errors.AsType[*state.DamageError](err); ok {
		return "", l.Say("bring %s back from a copy, also an older one; or do without it: vpclink down --from-tags", damage.File)
	}
	switch {
	case is[*deadlineError](err):
		return "", l.In("{again}, perhaps with a longer --timeout: it goes on where it stopped")
	case is[*waiters.TimeoutError](err):
		return l.In("AWS takes longer than it usually does"), l.In("{again}: it goes on waiting")
	case is[*waiters.UnexpectedError](err):
		return "", l.In("{again}: what failed is made anew")
	case is[*state.LockedError](err):
		return l.In("two commands at once would undo each other's work"), l.In("wait for it to end")
	case errors.Is(err, sim.ErrLocked):
		return l.In("the simulator serves one command at a time"), l.In("wait for it to end, or give a longer --timeout")
	case errors.Is(err, sim.ErrDamaged), errors.Is(err, sim.ErrVersion):
		return "", l.In("vpclink sim reset empties the simulator")
	}
	return "", ""
}

func diskAdvice(l words.Language, e *state.DiskError) (why, try string) {
	switch {
	case e.Full():
		return l.In("nothing is done at AWS that could not be recorded first"), l.In("free some space, then {again}: nothing is lost")
	case e.Forbidden():
		return l.In("nothing is done at AWS that could not be recorded first"), l.In("give another --state-dir, or have this user write there")
	}
	return "", ""
}

func differentAdvice(l words.Language, e *provision.DifferentError) (why, try string) {
	if flags := e.Flags(); len(flags) > 0 {
		return l.In("others depend on it, or somebody may work in it"),
			l.Say("leave %s as it was, or take the stack down first: {down}", strings.Join(flags, ", "))
	}
	if len(e.Diff) > 0 {
		return l.In("it was changed outside vpclink"), l.In("change it back, or take the stack down: {down}")
	}
	return l.In("somebody may work in it"), ""
}
