package component

import "slices"

// lineStates remembers in what state each line of code begins. An edit makes
// only the lines looked at again that it changed, and those after them until one
// begins as before.
type lineStates struct {
	begins []codeState // of lines, as far as they have been looked at
	sure   int         // how many of them hold, at the least
	edited int         // the line from which on those beyond sure hold once they agree
}

// edit says that the lines from ≤ y ≤ to became those from ≤ y ≤ now.
func (s *lineStates) edit(from, to, now int) {
	if from+1 >= len(s.begins) {
		s.sure = min(s.sure, from+1)
		s.begins = s.begins[:min(len(s.begins), from+1)]
		return
	}
	if s.sure < len(s.begins) || to+1 >= len(s.begins) {
		// Two edits at once are rare: what follows the first is looked at anew.
		s.sure = min(s.sure, from+1)
		s.begins = s.begins[:s.sure]
		return
	}
	s.begins = slices.Replace(s.begins, from+1, to+1, make([]codeState, now-from)...)
	s.sure, s.edited = from+1, now+1
}

// at is the state in which a line begins.
func (s *lineStates) at(y int, lines []string, of language) codeState {
	if len(s.begins) == 0 {
		s.begins, s.sure = append(s.begins, inCode), 1
	}
	for s.sure <= y {
		state := s.begins[s.sure-1]
		if line := lines[s.sure-1]; state != inCode || of.goesOn(line) {
			_, state = of.tokens(line, state)
		}
		switch {
		case s.sure >= len(s.begins):
			s.begins = append(s.begins, state)
		case s.sure >= s.edited && s.begins[s.sure] == state:
			s.sure = len(s.begins)
			continue
		default:
			s.begins[s.sure] = state
		}
		s.sure++
	}
	return s.begins[y]
}
