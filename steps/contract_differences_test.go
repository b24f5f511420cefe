package steps

// difference is what a target does instead of what AWS does, and why.
type difference struct{ does, why string }

// contractDifferences is all in which the targets differ: target → kind → case.
var contractDifferences = map[string]map[string]map[contractCase]difference{}
