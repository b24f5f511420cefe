package main

import (
	"context"
	"fmt"
	"strconv"

	"vpclink/words"
)

// errUnanswered is the end of the input before the end of the questions.
var errUnanswered = words.New("nothing is chosen, since not all questions were answered")

// questions asks for what the flags of choose would say, one after the other.
func (a *app) questions(ctx context.Context, c *chooseFlags) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	i := &interview{a: a, ctx: ctx, lines: typedLines(ctx, a.stdin)}
	i.number("How many VPCs shall be linked?", &c.count, 2, mostVPCs)
	i.yes("Shall connections begin on both sides?", &c.bothWays)
	for _, n := range needTexts {
		i.yes(n.ask, c.needs[n.need])
	}
	i.number("How many GB a month go through, all together?", &c.gb, 0, mostCounted)
	return i.err
}

// interview is questions and their answers, until something goes wrong.
type interview struct {
	a     *app
	ctx   context.Context //nolint:containedctx // of the one command that asks
	lines <-chan string   // closed at the end of the input
	err   error
}

// answer asks until take takes the answer; an empty one is the usual one.
func (i *interview) answer(question words.Text, usual string, take func(string) bool, wanted string) {
	for i.err == nil {
		_, i.err = fmt.Fprintf(i.a.stderr, "%s [%s] ", i.a.say(question), usual)
		if i.err != nil {
			return
		}
		select {
		case <-i.ctx.Done():
			_, _ = fmt.Fprintln(i.a.stderr) // below the question
			i.err = context.Cause(i.ctx)
		case line, more := <-i.lines:
			switch {
			case !more:
				_, _ = fmt.Fprintln(i.a.stderr)
				i.err = errUnanswered
			case line == "" || take(line):
				return
			default:
				_, i.err = fmt.Fprintln(i.a.stderr, wanted)
			}
		}
	}
}

func (i *interview) number(question words.Text, value *int, least, most int) {
	i.answer(question, strconv.Itoa(*value), func(line string) bool {
		n, err := strconv.Atoi(narrow(line))
		if err != nil || n < least || n > most {
			return false
		}
		*value = n
		return true
	}, i.a.say("A number from %d to %d, please.", least, most))
}

func (i *interview) yes(question words.Text, value *bool) {
	i.answer(question, "y/N", func(line string) bool {
		*value = isYes(line)
		return *value || isNo(line)
	}, i.a.say("y or n, please."))
}
