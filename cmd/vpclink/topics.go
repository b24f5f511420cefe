package main

import (
	"fmt"
	"strings"

	"vpclink/words"
)

// topic is a page of help that is not about one command. Each fits on a screen of 80 by 24.
type topic struct {
	name    string
	short   words.Text
	text    func(words.Language) string
	example words.Text
}

var topics = []topic{
	{"exit-codes", "What the exit codes mean", exitCodesText, exitCodesExample},
	{"environment", "Which variables of the environment count", environmentText, environmentExample},
	{"state", "Where vpclink keeps what it knows", stateText, stateExample},
	{"vpcs", "How --vpcs is written", vpcsText, vpcsExample},
}

func topicNames() []string {
	var names []string
	for _, t := range topics {
		names = append(names, t.name)
	}
	return names
}

// page is a topic as help shows it.
func (t topic) page(l words.Language) string {
	return t.text(l) + "\n" + l.Say("Examples:\n") + l.In(t.example) + "\n"
}

// named is a name and what it is about.
type named struct {
	name string
	what words.Text
}

// namedTable is a table of names, indented.
func namedTable(l words.Language, list []named) string {
	var rows [][]string
	for _, n := range list {
		rows = append(rows, []string{"  " + n.name, l.In(n.what)})
	}
	return table(rows)
}

// exitMeanings are the exit codes in words.
var exitMeanings = []struct {
	code  int
	means words.Text
}{
	{exitDone, "done"},
	{exitFailed, "failed"},
	{exitUsage, "a mistake in the command, a plan that is refused, or a damaged record"},
	{exitIncomplete, "incomplete: something is left, and still costs"},
	{exitDenied, "credentials or permission"},
	{exitLocked, "another vpclink works on the stack or the simulator"},
	{exitTimedOut, "timed out"},
	{exitChanges, "plan --exit-code: up would change something"},
	{exitInterrupted, "interrupted, by Ctrl-C, SIGTERM or a closed terminal"},
}

func exitCodesText(l words.Language) string {
	var rows [][]string
	for _, e := range exitMeanings {
		rows = append(rows, []string{fmt.Sprintf("%5d", e.code), l.In(e.means)})
	}
	var order []string
	for _, e := range exits {
		order = append(order, fmt.Sprint(e.code))
	}
	order = append(order, fmt.Sprint(exitFailed))
	return l.Say(`A command ends with one of these codes:

%s
When several things went wrong, it is the first that fits of
%s. With 2, 4 and 5 stdout stays empty; otherwise
up and down write their result also when they end badly.
`, table(rows), strings.Join(order, ", "))
}

const exitCodesExample words.Text = `  vpclink down --yes || echo "exit code $?: look at vpclink status"`

// variables are those of the environment that are read; AWS's SDK reads those of the second part, and on AWS alone.
var variables, variablesOfAWS = []named{
	{"VPCLINK_STATE_DIR", "the folder of the state, as --state-dir"},
	{"XDG_STATE_HOME, HOME, USERPROFILE", "else there: see vpclink help state"},
	{"AWS_ENDPOINT_URL", "a server in AWS's place, as --endpoint-url"},
	{"VPCLINK_LANG", "the language, as --lang: en or ja"},
	{"USER, LOGNAME, USERNAME", "who works on a stack, told to others"},
	{"HTTP_PROXY, HTTPS_PROXY, NO_PROXY", "the way out of this network"},
	{"TERM, CI, NO_COLOR", "dumb, set, set: plain lines, no colours"},
	{"VPCLINK_COMPLETION_DESCRIPTIONS", "false: completion offers names alone"},
}, []named{
	{"AWS_PROFILE, AWS_REGION", "as --profile and --region"},
	{"AWS_CONFIG_FILE", "instead of ~/.aws/config"},
	{"AWS_SHARED_CREDENTIALS_FILE", "instead of ~/.aws/credentials"},
	{"AWS_ENDPOINT_URL_EC2, …_STS", "refused: real keys sign for AWS alone"},
	{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true: they are passed over instead"},
}

func environmentText(l words.Language) string {
	return l.Say(`A flag wins over a variable. These are read:

%s
On AWS, and nowhere else, what AWS's SDK reads counts as well:
AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, and

%s`, namedTable(l, variables), namedTable(l, variablesOfAWS))
}

const environmentExample words.Text = `  AWS_PROFILE=lab AWS_REGION=ap-northeast-1 vpclink up tgw --vpcs a,b,c
  VPCLINK_STATE_DIR=~/class vpclink list`

// stateFiles are what the folder of the state holds.
var stateFiles = []named{
	{"stacks/STACK.jsonl", "the record of a stack: down needs it, so keep it"},
	{"stacks/STACK.lock", "held by the command that works on the stack"},
	{"history/STACK-TIME.jsonl", "the record of a stack that was down and made anew"},
	{"sim/world.jsonl", "the simulator's account: every call that changed it"},
	{"sim/world.lock", "held by the command that works on the simulator"},
	{"sim/server.json", "where vpclink sim serve answers, while it does"},
}

func stateText(l words.Language) string {
	return l.Say(`What vpclink made is recorded in a folder: that of --state-dir, else of
$VPCLINK_STATE_DIR, else vpclink in $XDG_STATE_HOME or in ~/.local/state.

%s
Only its owner can look into it. There is no secret in it, but account numbers
and addresses. Every line is on the disk before AWS is asked for what it says,
so that a command can be killed at any time; up or down goes on from there.
Another folder has other stacks, and another simulator. When one is lost, AWS's
tags tell of its stacks: vpclink list --from-tags, vpclink down --from-tags.
`, namedTable(l, stateFiles))
}

const stateExample words.Text = `  vpclink list --state-dir ~/class
  cp -r ~/.local/state/vpclink ~/backup`

func vpcsText(l words.Language) string {
	return l.In(`--vpcs ITEM,ITEM… names the VPCs to link, two at least. An ITEM is

  NAME            a VPC that is made, with a block from --cidr-pool
  NAME=CIDR       a VPC that is made, with this block: IPv4, /16 to /28
  NAME=vpc-ID     a VPC that is there: it is used, and stays as it was
  vpc-ID          the same; its ID is its name

A NAME has 1 to 32 of a-z, 0-9 and -, begins with a letter, and not with vpc-.
In privatelink the first VPC is the provider. In peering and tgw no blocks may
overlap; in privatelink all VPCs that are made get the same one.

Of a VPC that is there a subnet in each of up to --azs AZs and a running
instance in one of them are linked. Where there are several, choose:
--subnets NAME=ID,ID --instance NAME=ID. Routes go into the tables that those
subnets use; the instance gets a security group of the lab's beside its own.
down takes off what was added, and nothing else.

A later up adds the VPCs that it names, and keeps the others as they are.
`)
}

const vpcsExample words.Text = `  vpclink up tgw --vpcs a,b,c
  vpclink up peering --vpcs web=10.1.0.0/16,app=vpc-0a1b2c3d4e5f60718
  vpclink up tgw --vpcs d           # extends the stack of the first line by d`
