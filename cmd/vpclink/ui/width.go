package ui

// Width is how many columns a text takes. East Asian letters take two.
func Width(text string) int { return wide(text) }

// Pad fills a text up to so many columns.
func Pad(text string, room int) string { return pad(text, room) }
