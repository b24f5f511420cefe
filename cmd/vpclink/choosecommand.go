package main

import (
	"fmt"
	"strings"

	"vpclink/advise"
	"vpclink/cmd/vpclink/ui"
)

// command is what to type for a pattern, word by word: up makes what was priced, in that region, and goes where the flags
// lead.
func (g *globals) command(prices advise.Table, f advise.Fit, vpcs ...string) []string {
	list := []string{"vpclink", "up", f.Pattern.Name}
	for _, names := range vpcs {
		list = append(list, "--vpcs", names)
	}
	list = append(list, f.Flags...)
	list = append(list, "--"+flagRegion, prices.Region)
	if g.targetGiven {
		list = append(list, "--"+flagTarget, g.target)
	}
	for _, given := range []struct{ flag, value string }{
		{flagEndpoint, g.endpoint}, {flagProfile, g.profile}, {flagStack, g.stack}, {flagStateDir, g.stateDir},
	} {
		if given.value != "" {
			list = append(list, "--"+given.flag, typed(given.value))
		}
	}
	return list
}

// The lines of a command: what they begin with, and what goes on on the next one.
const commandBegins, commandGoesOn, nextLine = "  ", "    ", " \\"

// commandText is the command in lines that a shell takes as they are, none wider than a page unless one word is.
func (g *globals) commandText(prices advise.Table, f advise.Fit) string {
	var text strings.Builder
	line := commandBegins
	for i, part := range parts(g.command(prices, f, namesTyped(f.VPCs)...)) {
		switch {
		case i == 0:
			line += part
		case ui.Width(line+" "+part+nextLine) > pageWide:
			text.WriteString(line + nextLine + "\n")
			line = commandGoesOn + part
		default:
			line += " " + part
		}
	}
	return text.String() + line + "\n"
}

// parts puts each flag together with its value, which stays on its line.
func parts(list []string) []string {
	var all []string
	for i, word := range list {
		if i > 0 && strings.HasPrefix(list[i-1], "--") && !strings.HasPrefix(word, "--") {
			all[len(all)-1] += " " + word
			continue
		}
		all = append(all, word)
	}
	return all
}

// namesTyped are the names of VPCs as a line has them: in several flags when they are too wide for one, and written by the
// shell when they are numbered, since nobody would type them.
func namesTyped(vpcs []string) []string {
	if n := len(vpcs); advise.Numbered(n) {
		_, block, _ := strings.Cut(vpcs[0], "=")
		if block != "" {
			block = "=" + block
		}
		return []string{fmt.Sprintf(`"$(printf 'v%%s%s,' $(seq %d))%s"`, block, n-1, vpcs[n-1])}
	}
	var flags []string
	line := ""
	for _, name := range vpcs {
		if line != "" && ui.Width(commandGoesOn+"--vpcs "+line+","+name+nextLine) > pageWide {
			flags, line = append(flags, line), ""
		}
		if line != "" {
			line += ","
		}
		line += name
	}
	return append(flags, line)
}
