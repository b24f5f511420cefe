package main

import (
	"slices"
	"strings"
)

// stackTable lists stacks, with a column for when they expire as soon as one does.
func (a *app) stackTable(stacks []stackJSON) string {
	const form = "2006-01-02 15:04"
	rows := [][]string{a.row("STACK", "STATE", "PATTERN", "TARGET", "VPCS", "CREATED", "USD SO FAR")}
	ends := slices.ContainsFunc(stacks, func(s stackJSON) bool { return !s.Expires.IsZero() })
	if ends {
		rows[0] = append(rows[0], a.row("EXPIRES")...)
	}
	for _, s := range stacks {
		row := []string{s.Stack, a.own(s.State), s.Pattern, s.Target, strings.Join(s.VPCs, ","), "-", a.soFar(s.Cost)}
		if !s.Created.IsZero() {
			row[columnCreated] = s.Created.Format(form)
		}
		if ends && !s.Expires.IsZero() {
			row = append(row, s.Expires.Format(form))
		}
		rows = append(rows, row)
	}
	return listTable(rows) + a.costNotes(stacks)
}

// The columns of the list that may be shortened.
const columnVPCs, columnCreated = 4, 5

// listTable sets the list in the page's columns: VPCs are left out when they are many, and the time when that is not enough.
// A name is never shortened, since it is to be typed.
func listTable(rows [][]string) string {
	text := tableWithin(rows, columnVPCs)
	if widest(text) <= pageWide {
		return text
	}
	for _, row := range rows[1:] {
		row[columnCreated], _, _ = strings.Cut(row[columnCreated], " ")
	}
	return table(rows)
}
