// Judges a history of one or more meetings, as people outside saw it: is the floor a register that changes in one order,
// by its version, for everybody? Standard input: one JSON line for each operation. Standard output: one JSON verdict. With
// the name of a file as argument, a history that is refused is drawn there as a page.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
	"time"

	"github.com/anishathalye/porcupine"
)

// Longest time to look for an order. Histories of the tests take well under a second.
const patience = 2 * time.Minute

type verdict struct {
	// ok, illegal, or unknown where the time was too short.
	Result string `json:"result"`
	// Operations that were ordered, and those that nobody saw the end of.
	Ordered    int `json:"ordered"`
	Unanswered int `json:"unanswered"`
	// Looks at copies of the floor: in the room, in the call.
	Copies   int      `json:"copies"`
	Problems []string `json:"problems"`
}

func main() {
	log.SetFlags(0)
	operations := read()
	history, unanswered, copies := sorted(operations)
	result, info := porcupine.CheckOperationsVerbose(model, history, patience)
	found := verdict{Ordered: len(history), Unanswered: unanswered, Copies: len(copies), Problems: []string{}}
	switch result {
	case porcupine.Ok:
		found.Result = "ok"
	case porcupine.Illegal:
		found.Result = "illegal"
	default:
		found.Result = "unknown"
	}
	found.Problems = append(found.Problems, conflicts(operations)...)
	found.Problems = append(found.Problems, badCopies(operations, copies)...)
	if len(os.Args) > 1 && result == porcupine.Illegal {
		if err := porcupine.VisualizePath(model, info, os.Args[1]); err != nil {
			log.Fatal(err)
		}
	}
	_ = json.NewEncoder(os.Stdout).Encode(found)
}

func read() (operations []operation) {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var one operation
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			log.Fatalf("a line of the input is no operation: %v", err)
		}
		operations = append(operations, one)
	}
	return operations
}

// An operation without an answer may have happened or not. If it did, others see a version that has grown, which is legal
// at any time: so it says nothing, and is left out. A command that was taken is also a reading, by its answer.
func sorted(operations []operation) (history []porcupine.Operation, unanswered int, copies []operation) {
	clients := map[string]int{}
	for _, one := range operations {
		if _, known := clients[one.Who]; !known {
			clients[one.Who] = len(clients)
		}
		add := func(one operation) {
			history = append(history, porcupine.Operation{
				ClientId: clients[one.Who], Input: one, Call: one.Begin, Return: one.End,
			})
		}
		switch {
		case one.Kind == copied:
			copies = append(copies, one)
		case one.Answer == "":
			unanswered++
		default:
			add(one)
			if one.Kind == command && one.Answer == accepted {
				one.Kind = reading
				add(one)
			}
		}
	}
	return history, unanswered, copies
}
