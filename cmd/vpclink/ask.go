package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
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
		answer <- line
	}()
	select {
	case <-ctx.Done():
		_, _ = fmt.Fprintln(a.stderr) // below the question
		return context.Cause(ctx)
	case said := <-answer:
		if isYes(said) {
			return nil
		}
		return errDeclined
	}
}

// typedLines hands on what is typed, a line each without the spaces around it, and ends with the input. The read stays
// behind when ctx ends first: nobody can take a read of a terminal back.
func typedLines(ctx context.Context, from io.Reader) <-chan string {
	lines := make(chan string)
	go func() {
		in := bufio.NewReader(from)
		for {
			line, err := in.ReadString('\n')
			if err != nil && (line == "" || !errors.Is(err, io.EOF)) {
				close(lines)
				return
			}
			select {
			case lines <- strings.TrimSpace(line):
			case <-ctx.Done():
				return
			}
		}
	}()
	return lines
}

// yesses and noes are how yes and no are typed.
var yesses, noes = []string{"y", "yes", "はい"}, []string{"n", "no", "いいえ"}

func isYes(line string) bool { return slices.Contains(yesses, folded(line)) }
func isNo(line string) bool  { return slices.Contains(noes, folded(line)) }

// folded is what was typed without what does not matter: spaces around it, its case and the width of its letters.
func folded(line string) string { return strings.ToLower(strings.TrimSpace(narrow(line))) }

// narrow puts ASCII in the place of the full-width letters (U+FF01 to FF5E) that a Japanese keyboard types.
func narrow(line string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - '！' + '!'
		}
		return r
	}, line)
}
