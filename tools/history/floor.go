package main

import (
	"fmt"

	"github.com/anishathalye/porcupine"
)

// Who has the word, as one reading shows it.
type floor struct {
	Phase   string `json:"phase"`
	Circle  int    `json:"circle"`
	Paused  bool   `json:"paused"`
	Turn    int    `json:"turn"`
	Speaker string `json:"speaker"`
	Status  string `json:"status"`
}

const (
	reading = "read"
	command = "command"
	// A look at a copy of the floor, which may be old: the state in the room, the metadata of the call.
	copied = "copy"
)

const (
	accepted = "ok"
	stale    = "stale"
	refused  = "refused"
)

// Times in microseconds of one clock. `answer` is empty where none came. `version` and `floor` are those of the answer.
type operation struct {
	Who     string `json:"who"`
	Kind    string `json:"kind"`
	Meeting string `json:"meeting"`
	Begin   int64  `json:"begin"`
	End     int64  `json:"end"`
	Does    string `json:"does"`
	// The version that the command was decided on.
	Expected int    `json:"expected"`
	Answer   string `json:"answer"`
	Version  int    `json:"version"`
	Floor    *floor `json:"floor"`
}

// The register. `known`: the floor is that of this version; otherwise it is the last one known, and the version the least
// that there can be. `over`: the turn of that floor has been passed on.
type register struct {
	version int
	known   bool
	floor   floor
	over    bool
}

// A meeting's floor changes by commands that name the version they are decided on, and by itself (its clock, people who come
// and go). Such a change is not seen as it happens; but it makes the version grow. So a reading may jump ahead, never back,
// and one version is one floor; a command is taken at its version alone, and by whoever has the word there.
var model = porcupine.Model{
	Partition: func(history []porcupine.Operation) (parts [][]porcupine.Operation) {
		index := map[string]int{}
		for _, one := range history {
			meeting := one.Input.(operation).Meeting
			at, known := index[meeting]
			if !known {
				at = len(parts)
				index[meeting] = at
				parts = append(parts, nil)
			}
			parts[at] = append(parts[at], one)
		}
		return parts
	},
	Init: func() interface{} { return register{version: -1} },
	Step: func(state, input, _ interface{}) (bool, interface{}) {
		return step(state.(register), input.(operation))
	},
	Equal: func(one, other interface{}) bool {
		return one.(register) == other.(register)
	},
	DescribeOperation: func(input, _ interface{}) string { return describe(input.(operation)) },
	DescribeState: func(state interface{}) string {
		now := state.(register)
		return fmt.Sprintf("version %d, known: %t, %s", now.version, now.known, text(&now.floor))
	},
}

func step(now register, one operation) (bool, register) {
	switch {
	case one.Kind == reading:
		return show(now, one)
	case one.Answer == accepted:
		return take(now, one)
	case one.Answer == stale:
		// Right wherever the version is not the expected one; it can only have grown.
		return true, now.raised(one.Expected + 1)
	}
	// Refused for what it asks, at the very version that it expected.
	return now.version <= one.Expected, now.raised(one.Expected)
}

func show(now register, one operation) (bool, register) {
	then := register{version: one.Version, known: true, floor: *one.Floor}
	if one.Version == now.version && now.known {
		return now.floor == then.floor, now
	}
	return one.Version >= now.version && follows(now, then.floor), then
}

// What the answer shows beside is a reading of its own (see `sorted`): the floor may have moved on before it was written.
func take(now register, one operation) (bool, register) {
	if now.version > one.Expected {
		return false, now
	}
	then := now.raised(one.Expected)
	if one.Does == "pass" && then.known {
		if then.floor.Speaker != one.Who {
			return false, now
		}
		then.over = true
	}
	return true, then.raised(one.Expected + 1)
}

// A turn never changes its speaker, and never comes again.
func follows(now register, new floor) bool {
	old := now.floor
	if old.Turn == 0 || new.Turn == 0 {
		return true
	}
	return new.Turn > old.Turn || new.Turn == old.Turn && new.Speaker == old.Speaker && !now.over
}

func (now register) raised(version int) register {
	if now.version >= version {
		return now
	}
	return register{version: version, floor: now.floor, over: now.over}
}

func same(one, other *floor) bool {
	return one == other || one != nil && other != nil && *one == *other
}

func text(of *floor) string {
	if of == nil {
		return "unknown"
	}
	return fmt.Sprintf("%s %d, turn %d of %s, %s", of.Phase, of.Circle, of.Turn, of.Speaker, of.Status)
}

func describe(one operation) string {
	if one.Kind == reading {
		return fmt.Sprintf("%s reads version %d: %s", one.Who, one.Version, text(one.Floor))
	}
	return fmt.Sprintf("%s: %s at version %d: %s", one.Who, one.Does, one.Expected, one.Answer)
}
