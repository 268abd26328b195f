// Many callers of LiveKit in one light process, for measuring under load: a client library made for people at a screen
// takes a twentieth of a core for each of them, and would be what is measured.
//
// Standard input: one JSON line for each caller, {"url", "token", "who"}. Standard output: one JSON line for whatever a
// caller notices, with its time in microseconds since 1970. Each publishes a muted microphone and speaks while the server
// has it open. At the end of the input they leave, and what they received is added up.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
	"sync"
	"time"
)

type wanted struct {
	URL   string `json:"url"`
	Token string `json:"token"`
	Who   string `json:"who"`
}

// What a caller noticed: joined, receives (whose track), shown (who is speaking, by the room's metadata), heard and silent
// (whom), failed, left, received (packets in all, and how many are missing).
type noticed struct {
	At       int64  `json:"at"`
	Who      string `json:"who"`
	Kind     string `json:"kind"`
	Whom     string `json:"whom,omitempty"`
	Error    string `json:"error,omitempty"`
	Received uint64 `json:"received,omitempty"`
	Lost     uint64 `json:"lost,omitempty"`
}

func main() {
	log.SetOutput(os.Stderr)
	tell, flushed := teller()
	var callers sync.WaitGroup
	var joined []*caller
	var lock sync.Mutex
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var one wanted
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			log.Fatalf("a line of the input is not a caller: %v", err)
		}
		callers.Add(1)
		go func() {
			defer callers.Done()
			c, err := join(one, tell)
			if err != nil {
				tell(noticed{At: now(), Who: one.Who, Kind: "failed", Error: err.Error()})
				return
			}
			lock.Lock()
			defer lock.Unlock()
			joined = append(joined, c)
		}()
	}
	callers.Wait()
	for _, c := range joined {
		c.leave()
	}
	flushed()
}

// Lines are written by one goroutine, so that nobody who measures waits for a pipe.
func teller() (tell func(noticed), flushed func()) {
	queue := make(chan noticed, 1<<16)
	done := make(chan struct{})
	go func() {
		defer close(done)
		lines := json.NewEncoder(os.Stdout)
		for one := range queue {
			_ = lines.Encode(one)
		}
	}()
	return func(one noticed) { queue <- one }, func() {
		close(queue)
		<-done
	}
}

func now() int64 { return time.Now().UnixMicro() }
