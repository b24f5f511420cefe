package main

import (
	"slices"

	"vpclink/provision"
	"vpclink/state"
	"vpclink/words"
)

// ownWords are the words of records and of JSON that results show. Others, such as AWS's states, are shown as they are.
var ownWords = []words.Text{
	provision.StackUp, provision.StackPartial, provision.StackDown,
	provision.StepDone, provision.StepPartial, provision.StepFailed, provision.StepSkipped, provision.StepNone,
	words.Text(state.Intended), words.Text(state.Created), words.Text(state.Ready), words.Text(state.Deleting),
	words.Text(state.Gone), words.Text(state.Failed), words.Text(state.Skipped),
	words.Text(provision.ActionMake), words.Text(provision.ActionReplace), words.Text(provision.ActionMend), words.Text(provision.ActionAdopt),
	words.Text(provision.ActionUnchanged), words.Text(provision.ActionSkip),
	stepSetup, stepVerify, stepOptional, provision.Gone, provision.There,
}

// own says one of our own words.
func (a *app) own(word string) string {
	if slices.Contains(ownWords, words.Text(word)) {
		return a.lang.In(words.Text(word))
	}
	return word
}

// row is a table's row of texts.
func (a *app) row(texts ...words.Text) []string {
	cells := make([]string, len(texts))
	for i, text := range texts {
		cells[i] = a.lang.In(text)
	}
	return cells
}
