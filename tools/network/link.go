package main

import (
	"log"
	"math/rand"
	"sync"
	"time"
)

// One person's link, the same in both directions.
type link struct {
	// Milliseconds that a packet is under way, and the width of what chance adds or takes, half of it each.
	Delay  float64 `json:"delayMs"`
	Jitter float64 `json:"jitterMs"`
	// Part of the packets that are lost, 0 to 1.
	Loss float64 `json:"loss"`
	// A firewall that lets no UDP through.
	NoUDP bool `json:"noUdp"`
	// A link that is broken: nothing gets through, nobody is told.
	Broken bool `json:"broken"`
}

const udp = 17

type packet struct {
	bytes []byte
	due   time.Time
}

// One direction. Packets keep their order, as they mostly do in life.
type lane struct {
	to     int
	queue  chan packet
	chance *rand.Rand
	last   time.Time
}

// Both directions between this machine and one person.
type way struct {
	lock sync.Mutex
	link link
	up   lane
	down lane
}

func (w *way) set(to link) {
	w.lock.Lock()
	defer w.lock.Unlock()
	w.link = to
}

func (w *way) carry(on *lane, bytes []byte) {
	w.lock.Lock()
	defer w.lock.Unlock()
	is := w.link
	if is.Broken || is.NoUDP && bytes[9] == udp || on.chance.Float64() < is.Loss {
		return
	}
	late := is.Delay + is.Jitter*(on.chance.Float64()-0.5)
	due := time.Now().Add(time.Duration(late * float64(time.Millisecond)))
	if due.Before(on.last) {
		due = on.last
	}
	on.last = due
	select {
	case on.queue <- packet{append([]byte(nil), bytes...), due}:
	default: // A queue that is full drops, as every router's.
	}
}

func newLane(to int, seed int64) lane {
	return lane{to: to, queue: make(chan packet, 1<<14), chance: rand.New(rand.NewSource(seed))}
}

func (on *lane) deliver() {
	for one := range on.queue {
		time.Sleep(time.Until(one.due))
		if err := send(on.to, one.bytes); err != nil {
			log.Printf("a packet could not be delivered: %v", err)
		}
	}
}

type carrier struct {
	machine int
	ways    map[[4]byte]*way
}

// Before `fromMachine`, which reads the ways, and never after.
func (c *carrier) add(address [4]byte, device int, seed int64) *way {
	made := &way{up: newLane(c.machine, seed), down: newLane(device, -seed)}
	c.ways[address] = made
	go made.up.deliver()
	go made.down.deliver()
	go receive(device, func(bytes []byte) { made.carry(&made.up, bytes) })
	return made
}

func (c *carrier) fromMachine() {
	receive(c.machine, func(bytes []byte) {
		if to, known := c.ways[[4]byte(bytes[16:20])]; known {
			to.carry(&to.down, bytes)
		}
	})
}
