package sim

// tokenUse is what a client token was used for.
type tokenUse struct {
	form string   // all parameters
	made []string // IDs
}

// repeated looks up a client token of this action. It returns what was made under it, nil when the token is new or
// none was given, IdempotentParameterMismatch when the parameters were others then (aws-facts §0.1).
func (c *call) repeated(token *string) ([]string, error) {
	if deref(token) == "" {
		return nil, nil
	}
	use, ok := c.tokens[c.action+" "+*token]
	if !ok {
		return nil, nil
	}
	if use.form != c.form.Encode() {
		return nil, fail("IdempotentParameterMismatch",
			"Arguments on this idempotent request are inconsistent with arguments used in previous request(s).")
	}
	return use.made, nil
}

// remember keeps what was made under a token.
func (c *call) remember(token *string, ids ...string) {
	if deref(token) != "" {
		c.tokens[c.action+" "+*token] = tokenUse{form: c.form.Encode(), made: ids}
	}
}
