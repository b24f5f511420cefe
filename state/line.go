package state

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"vpclink/words"
)

// headerLine is the header as it stands in the file: with a checksum like every line.
type headerLine struct {
	Header
	Sum string `json:"sum"`
}

// The checksum stands last in a line, so that it can be cut out of the bytes. Checking the bytes, not what they mean,
// also finds what JSON forgives, such as another case in a name.
const (
	sumPrefix = `"sum":"`
	sumSuffix = `"}`
	sumLength = 16
)

// seal writes a line with its checksum, which chains it to the line before. v is JSON that ends in an empty "sum".
func seal(v any, before string) (line []byte, sum string, err error) {
	bare, err := json.Marshal(v)
	if err != nil {
		return nil, "", words.Errorf("writing a line of the journal: %w", err)
	}
	sum = chain(before, bare)
	line = append(bytes.TrimSuffix(bare, []byte(sumSuffix)), sum+sumSuffix+"\n"...)
	return line, sum, nil
}

// unseal returns the checksum of a line without its line feed, or why the line is not what was written.
func unseal(line []byte, before string) (sum string, why error) {
	body, ok := bytes.CutSuffix(line, []byte(sumSuffix))
	start := len(body) - sumLength
	if !ok || start < 0 || !bytes.HasSuffix(body[:start], []byte(sumPrefix)) {
		return "", words.New("it does not end in a checksum")
	}
	sum = string(body[start:])
	bare := append(bytes.Clone(body[:start]), sumSuffix...)
	if sum != chain(before, bare) {
		return "", words.New("its checksum does not fit: it or a line before it was changed")
	}
	return sum, nil
}

// chain reckons the checksum of a line whose own is still empty.
func chain(before string, bare []byte) string {
	hash := sha256.New()
	hash.Write([]byte(before))
	hash.Write(bare)
	return hex.EncodeToString(hash.Sum(nil))[:sumLength]
}
