package main

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"vpclink/words"
)

// errDeclined is the answer "no".
var errDeclined = words.New("nothing was taken away, since the answer was not yes")

// ask asks whether to go on, unless --yes has answered. Without a terminal nobody can answer, so it is a usageError;
// command is what to type then.
func (a *app) ask(ctx context.Context, g *globals, command string, question words.Text, args ...any) error {
	if g.yes {
		return nil
	}
	if !a.terminal {
		return usage(command+" --yes", "%s There is no terminal to ask on, so it takes --yes", words.Errorf(question, args...))
	}
	if _, err := fmt.Fprint(a.stderr, visible(a.say(question, args...)), " [y/N] "); err != nil {
		return words.Errorf("asking: %w", err)
	}
	answer := make(chan string, 1)
	go func() { // stays behind when ctx ends first: nobody can take a read of a terminal back
		line, _ := bufio.NewReader(a.stdin).ReadString('\n')
		answer <- strings.ToLower(strings.TrimSpace(line))
	}()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case said := <-answer:
		if said == "y" || said == "yes" {
			return nil
		}
		return errDeclined
	}
}
