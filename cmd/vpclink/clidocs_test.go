package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vpclink/words"
)

// manual is what a page of docs/cli and one of docs/man are made of: a command, or a topic of help.
type manual struct {
	name     string // of its file, vpclink-sim-serve
	title    string // as it is typed
	section  int    // of the manual: 1 for commands, 7 for topics
	short    string
	synopsis string
	text     string
	layout   bool // text is set in lines, as it stands
	example  string
	flags    []flagText
	below    []manual // the commands of a group
	root     bool
}

type flagText struct{ name, what string }

// TestCLIDocs holds that the pages say what the program says of itself.
func TestCLIDocs(t *testing.T) {
	pages := map[string]string{}
	all := manuals(newRoot(newApp()))
	pages["../../docs/cli/README.md"] = indexPage(all)
	for _, m := range all {
		pages["../../docs/cli/"+m.name+".md"] = m.markdown()
		pages[fmt.Sprintf("../../docs/man/%s.%d", m.name, m.section)] = m.roff()
	}
	if *update {
		for path, page := range pages {
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(page), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for path, want := range pages {
		got, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("want the page there (make docs writes it), got %v", err)
			continue
		}
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("want %s as the program says (make docs writes it anew):\n%s", path, diff)
		}
	}
	noOthers(t, pages)
}

// noOthers holds that no page is left of a command that is no more; with -update it takes it away.
func noOthers(t *testing.T, pages map[string]string) {
	t.Helper()
	for _, form := range []string{"../../docs/cli/*", "../../docs/man/*"} {
		there, err := filepath.Glob(form)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range there {
			if _, ours := pages[path]; ours {
				continue
			}
			if !*update {
				t.Errorf("%s is of no command and no topic (make docs takes it away)", path)
			} else if err := os.Remove(path); err != nil {
				t.Error(err)
			}
		}
	}
}

// Every command says what it is for, in a line and with an example.
func TestEveryCommandHasAnExample(t *testing.T) {
	for _, m := range manuals(newRoot(newApp())) {
		if m.short == "" || !strings.Contains(m.example, "vpclink") && !strings.Contains(m.example, "aws ") {
			t.Errorf("%s has no short text or no example", m.title)
		}
	}
}

// manuals lists the pages: the commands by path, then the topics.
func manuals(root *cobra.Command) []manual {
	root.InitDefaultHelpCmd()
	var list []manual
	for _, cmd := range allCommands(root) {
		m := manualOf(cmd)
		for _, sub := range cmd.Commands() {
			if !sub.Hidden {
				m.below = append(m.below, manualOf(sub))
			}
		}
		list = append(list, m)
	}
	for _, t := range topics {
		list = append(list, manual{
			name: "vpclink-" + t.name, title: "vpclink help " + t.name, section: 7, short: string(t.short),
			text: t.text(words.English), layout: true, example: string(t.example),
		})
	}
	return list
}

func manualOf(cmd *cobra.Command) manual {
	cmd.InitDefaultHelpFlag()
	m := manual{
		name: strings.ReplaceAll(cmd.CommandPath(), " ", "-"), title: cmd.CommandPath(), section: 1, short: cmd.Short,
		synopsis: cmd.UseLine(), text: cmd.Long, example: cmd.Example, root: !cmd.HasParent(),
	}
	if cmd.HasSubCommands() {
		m.synopsis = cmd.CommandPath() + " COMMAND"
	}
	cmd.NonInheritedFlags().VisitAll(func(f *pflag.Flag) { m.flags = append(m.flags, flagOf(f)) })
	return m
}

func flagOf(f *pflag.Flag) flagText {
	value, what := pflag.UnquoteUsage(f)
	name := "--" + f.Name
	if f.Shorthand != "" {
		name = "-" + f.Shorthand + ", " + name
	}
	if value != "" {
		name += " " + value
	}
	switch f.DefValue {
	case "", "0", "0s", "false", "[]":
	default:
		what += " (default " + f.DefValue + ")"
	}
	return flagText{name, what}
}

const madeBy = "Written by make docs. Do not edit: change the command in cmd/vpclink."

// plain keeps Markdown from reading its own signs in a text.
var plain = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "<", `\<`, "|", `\|`, "`", "\\`")

func indexPage(all []manual) string {
	var page strings.Builder
	fmt.Fprintf(&page, "<!-- %s -->\n# The command line\n\n| command | what |\n| --- | --- |\n", madeBy)
	for _, m := range all {
		fmt.Fprintf(&page, "| [%s](%s.md) | %s |\n", m.title, m.name, plain.Replace(m.short))
	}
	page.WriteString("\nThe same pages for `man` are in [docs/man](../man): `man -l docs/man/vpclink-up.1`.\n")
	return page.String()
}

func (m manual) markdown() string {
	var page strings.Builder
	fmt.Fprintf(&page, "<!-- %s -->\n# %s\n\n%s.\n", madeBy, m.title, plain.Replace(m.short))
	if m.synopsis != "" {
		fmt.Fprintf(&page, "\n```\n%s\n```\n", m.synopsis)
	}
	switch {
	case m.layout:
		fmt.Fprintf(&page, "\n```\n%s```\n", m.text)
	case m.text != "":
		fmt.Fprintf(&page, "\n%s\n", plain.Replace(m.text))
	}
	fmt.Fprintf(&page, "\n## Examples\n\n```\n%s\n```\n", outdented(m.example))
	if len(m.below) > 0 {
		page.WriteString("\n## Commands\n\n| command | what |\n| --- | --- |\n")
		for _, sub := range m.below {
			fmt.Fprintf(&page, "| [%s](%s.md) | %s |\n", sub.title, sub.name, plain.Replace(sub.short))
		}
	}
	if m.section == 1 {
		title := "Flags"
		if m.root {
			title = "Flags of every command"
		}
		fmt.Fprintf(&page, "\n## %s\n\n| flag | what |\n| --- | --- |\n", title)
		for _, f := range m.flags {
			fmt.Fprintf(&page, "| `%s` | %s |\n", strings.ReplaceAll(f.name, "|", `\|`), plain.Replace(f.what))
		}
		if !m.root {
			page.WriteString("\nAnd the [flags of every command](vpclink.md#flags-of-every-command).\n")
		}
	}
	return page.String()
}

// outdented takes the two spaces off that help sets before examples.
func outdented(text string) string {
	return strings.ReplaceAll(strings.TrimPrefix(text, "  "), "\n  ", "\n")
}

// signs keeps roff from reading its own signs in a text, and has it print those that are typed as they are typed.
var signs = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`, `"`, `\(dq`)

// roffText is a text of several lines; a dot at the beginning of one would be a request.
func roffText(text string) string {
	text = signs.Replace(text)
	return strings.TrimPrefix(strings.ReplaceAll("\n"+text, "\n.", "\n\\&."), "\n")
}

func (m manual) roff() string {
	var page strings.Builder
	// No date: it would make the page another one each day.
	fmt.Fprintf(&page, ".\\\" %s\n.TH %s %d \"\" vpclink \"vpclink manual\"\n", madeBy, signs.Replace(strings.ToUpper(m.name)), m.section)
	fmt.Fprintf(&page, ".SH NAME\n%s \\- %s\n", signs.Replace(m.name), roffText(m.short))
	if m.synopsis != "" {
		fmt.Fprintf(&page, ".SH SYNOPSIS\n.B %s\n", signs.Replace(m.synopsis))
	}
	switch {
	case m.layout:
		fmt.Fprintf(&page, ".SH DESCRIPTION\n.nf\n%s.fi\n", roffText(m.text))
	case m.text != "":
		fmt.Fprintf(&page, ".SH DESCRIPTION\n%s\n", strings.ReplaceAll(roffText(m.text), "\n\n", "\n.PP\n"))
	}
	fmt.Fprintf(&page, ".SH EXAMPLES\n.nf\n%s\n.fi\n", roffText(outdented(m.example)))
	if m.section == 1 {
		page.WriteString(".SH OPTIONS\n")
		for _, f := range m.flags {
			fmt.Fprintf(&page, ".TP\n.B %s\n%s\n", signs.Replace(f.name), roffText(f.what))
		}
		if !m.root {
			page.WriteString(".PP\nAnd the options of every command: see\n.BR vpclink (1).\n")
		}
	}
	fmt.Fprintf(&page, ".SH SEE ALSO\n%s\n", strings.Join(m.seeAlso(), ",\n"))
	return page.String()
}

// seeAlso names the other pages: the general one, those below, the topics.
func (m manual) seeAlso() []string {
	var list []string
	if !m.root {
		list = append(list, ".BR vpclink (1)")
	}
	for _, sub := range m.below {
		list = append(list, fmt.Sprintf(".BR %s (1)", signs.Replace(sub.name)))
	}
	for _, t := range topics {
		if name := "vpclink-" + t.name; name != m.name {
			list = append(list, fmt.Sprintf(".BR %s (7)", signs.Replace(name)))
		}
	}
	return list
}
