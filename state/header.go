package state

import "time"

// Scope is one account and region, and the profile by which it is reached.
type Scope struct {
	Account string `json:"account"`
	Region  string `json:"region"`
	Profile string `json:"profile,omitempty"`
}

// Header is the first line of a journal: what a stack is and stays.
type Header struct {
	Version  int       `json:"vpclink"` // major version of the file's form
	Stack    string    `json:"stack"`
	Lineage  string    `json:"lineage"` // UUID made once; with the key it tells what is ours
	Pattern  string    `json:"pattern"`
	Target   string    `json:"target"`
	Endpoint string    `json:"endpoint"`
	Scopes   []Scope   `json:"scopes"`
	Args     []string  `json:"args"` // how up was called when the stack began
	Created  time.Time `json:"created"`
	Program  string    `json:"version"` // the vpclink that began it
}
