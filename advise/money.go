package advise

import (
	"math/big"
	"strings"
)

// USD is an amount of money, exact: a GB in a month is a 720th of an NLCU, so that neither floats nor whole units of any
// size would give the tutorial's sums to the last digit. The zero value is 0.
type USD struct{ exact *big.Rat }

// ParseUSD reads a decimal number; false when it is none.
func ParseUSD(text string) (USD, bool) {
	exact, ok := new(big.Rat).SetString(text)
	return USD{exact}, ok && !strings.Contains(text, "/")
}

// UnmarshalText reads an amount of the data files.
func (u *USD) UnmarshalText(text []byte) error {
	amount, ok := ParseUSD(string(text))
	if !ok {
		return errNoAmount(text)
	}
	*u = amount
	return nil
}

type errNoAmount string

func (e errNoAmount) Error() string { return string(e) + " is no amount" }

func (u USD) rat() *big.Rat {
	if u.exact == nil {
		return new(big.Rat)
	}
	return u.exact
}

// Plus returns the sum.
func (u USD) Plus(other USD) USD { return USD{new(big.Rat).Add(u.rat(), other.rat())} }

// Times returns so many times the amount.
func (u USD) Times(n int) USD { return u.times(whole(n)) }

func (u USD) times(n *big.Rat) USD { return USD{new(big.Rat).Mul(u.rat(), n)} }

// Cmp compares: below 0 when u is the smaller one.
func (u USD) Cmp(other USD) int { return u.rat().Cmp(other.rat()) }

// float returns the amount for drawing.
func (u USD) float() float64 {
	f, _ := u.rat().Float64()
	return f
}

// Decimals: people read four, as many as prices have, and of a great amount its cents; programs get nine, so that sums of
// small shares still add up.
const shortDecimals, centDecimals, longDecimals = 4, 2, 9

// great is from where on cents are enough.
const great = 100

// String writes the amount for people: rounded to four decimals, from 100 on to two, without needless digits, and grouped.
func (u USD) String() string { return Decimal(u.rat()) }

// Exact writes the amount without rounding what a price can have.
func (u USD) Exact() string { return trimmed(u.rat().FloatString(longDecimals)) }

// MarshalJSON writes it as a number.
func (u USD) MarshalJSON() ([]byte, error) { return []byte(u.Exact()), nil }

// Decimal writes a number, which is not below 0, for people.
func Decimal(n *big.Rat) string {
	decimals := shortDecimals
	if n.Cmp(whole(great)) >= 0 {
		decimals = centDecimals
	}
	text := trimmed(n.FloatString(decimals))
	if text == "0" && n.Sign() > 0 {
		return "<0.0001"
	}
	units, rest, broken := strings.Cut(text, ".")
	if broken {
		rest = "." + rest
	}
	return grouped(units) + rest
}

func trimmed(text string) string {
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// GB returns so many gigabytes.
func GB(n int) *big.Rat { return whole(n) }

func whole(n int) *big.Rat { return new(big.Rat).SetInt64(int64(n)) }

// Number is a quantity that is no money, written in JSON as an amount is.
func Number(n *big.Rat) USD { return USD{n} }
