// People behind networks of their own, for machines whose kernel cannot impair one. Each gets a network namespace with a
// TUN device as its only way out; this program carries every packet between it and a TUN device of this machine, late, or
// not at all, as the link of that person is told to be.
//
// Standard input: one JSON line {"host": "10.77.0.1", "people": {"ann": "10.77.0.11"}, "seed": 1}, then one
// {"who": "ann", "link": {...}} for each change of a link. Standard output: one JSON line that names the device of this machine
// and the namespace of each person, for `nsenter --net=…`. All is gone when the input ends. Needs root; a machine that refuses
// is told of on standard error, with exit code 3.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"net"
	"os"
)

const refusedCode = 3

type wanted struct {
	Host   string            `json:"host"`
	People map[string]string `json:"people"`
	Seed   int64             `json:"seed"`
}

type change struct {
	Who  string `json:"who"`
	Link link   `json:"link"`
}

type opened struct {
	Device     string            `json:"device"`
	Namespaces map[string]string `json:"namespaces"`
}

func main() {
	log.SetFlags(0)
	lines := bufio.NewScanner(os.Stdin)
	var want wanted
	if !lines.Scan() || json.Unmarshal(lines.Bytes(), &want) != nil {
		log.Fatal("the first line of the input says nothing of people")
	}
	device := fmt.Sprintf("mm%d", os.Getpid())
	machine, err := openDevice(device, want.Host)
	if err != nil {
		refuse(err)
	}
	carried := carrier{machine: machine, ways: map[[4]byte]*way{}}
	ways := map[string]*way{}
	found := opened{Device: device, Namespaces: map[string]string{}}
	for who, address := range want.People {
		space, err := openNamespace(address)
		if err != nil {
			refuse(err)
		}
		found.Namespaces[who] = space.path
		want.Seed++
		ways[who] = carried.add([4]byte(net.ParseIP(address).To4()), space.device, want.Seed)
	}
	go carried.fromMachine()
	_ = json.NewEncoder(os.Stdout).Encode(found)
	for lines.Scan() {
		var asked change
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			log.Fatalf("a line of the input is no link: %v", err)
		}
		way, known := ways[asked.Who]
		if !known {
			log.Fatalf("nobody is called %s", asked.Who)
		}
		way.set(asked.Link)
	}
}

func refuse(err error) {
	log.Print(err)
	os.Exit(refusedCode)
}
