package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
	"github.com/livekit/protocol/livekit"
	"github.com/pion/webrtc/v4"
	"google.golang.org/protobuf/proto"
)

const (
	// The last version with a connection for each direction.
	protocolVersion = 15
	pingEvery       = 5 * time.Second
	joinWithin      = 30 * time.Second
	microphone      = "microphone"
)

// A participant of one call: signalling over a websocket, one connection to send, one to receive.
type caller struct {
	who        string
	tell       func(noticed)
	socket     *websocket.Conn
	writing    sync.Mutex
	publisher  *webrtc.PeerConnection
	subscriber *webrtc.PeerConnection
	track      *webrtc.TrackLocalStaticRTP
	began      time.Time
	sent       uint16
	trackSid   string
	open       atomic.Bool
	joined     atomic.Bool
	leaving    atomic.Bool
	ready      chan error
	gone       chan struct{}
	connected  chan struct{}
	people     sync.Map // of a participant's sid: their identity
	shown      string
	received   atomic.Uint64
	lost       atomic.Uint64
	// Candidates that came before the description they belong to.
	early map[livekit.SignalTarget][]webrtc.ICECandidateInit
}

func join(one wanted, tell func(noticed)) (*caller, error) {
	address := strings.TrimRight(one.URL, "/") + fmt.Sprintf("/rtc?protocol=%d&auto_subscribe=1&sdk=go", protocolVersion)
	socket, _, err := websocket.DefaultDialer.Dial(address, http.Header{"Authorization": {"Bearer " + one.Token}})
	if err != nil {
		return nil, err
	}
	c := &caller{
		who: one.Who, tell: tell, socket: socket, began: time.Now(),
		ready: make(chan error, 2), gone: make(chan struct{}), connected: make(chan struct{}), early: map[livekit.SignalTarget][]webrtc.ICECandidateInit{},
	}
	go c.read()
	select {
	case err = <-c.ready:
	case <-time.After(joinWithin):
		err = errors.New("the microphone was not published in time")
	}
	if err != nil {
		c.leave()
		return nil, err
	}
	if err = c.settle(); err != nil {
		c.leave()
		return nil, err
	}
	c.joined.Store(true)
	tell(noticed{At: now(), Who: c.who, Kind: "joined"})
	go c.ping()
	if c.track != nil {
		go c.speak()
	}
	return c, nil
}

func (c *caller) leave() {
	if c.leaving.Swap(true) {
		return
	}
	_ = c.send(&livekit.SignalRequest{Message: &livekit.SignalRequest_Leave{Leave: &livekit.LeaveRequest{}}})
	c.tell(noticed{At: now(), Who: c.who, Kind: "received", Received: c.received.Load(), Lost: c.lost.Load()})
	for _, connection := range []*webrtc.PeerConnection{c.publisher, c.subscriber} {
		if connection != nil {
			_ = connection.Close()
		}
	}
	_ = c.socket.Close()
}

func (c *caller) read() {
	defer close(c.gone)
	for {
		_, bytes, err := c.socket.ReadMessage()
		if err == nil {
			message := &livekit.SignalResponse{}
			if err = proto.Unmarshal(bytes, message); err == nil {
				err = c.receive(message)
			}
		}
		if err != nil {
			c.fail(err)
			return
		}
	}
}

// Before the caller is ready this fails the joining; afterwards it is told.
func (c *caller) fail(err error) {
	if !c.joined.Load() {
		c.ready <- err
	} else if !c.leaving.Load() {
		c.tell(noticed{At: now(), Who: c.who, Kind: "left", Error: err.Error()})
		// Whoever comes into another call is another caller: this one is closed now, and not at the end.
		c.leave()
	}
}

func (c *caller) receive(message *livekit.SignalResponse) error {
	switch body := message.Message.(type) {
	case *livekit.SignalResponse_Join:
		c.know(body.Join.OtherParticipants)
		c.look(body.Join.Room.GetMetadata())
		return c.begin(body.Join.Participant.GetPermission().GetCanPublish(), body.Join.SubscriberPrimary)
	case *livekit.SignalResponse_Update:
		c.know(body.Update.Participants)
	case *livekit.SignalResponse_RoomUpdate:
		c.look(body.RoomUpdate.Room.GetMetadata())
	case *livekit.SignalResponse_Offer:
		return c.answer(body.Offer)
	case *livekit.SignalResponse_Answer:
		return c.described(livekit.SignalTarget_PUBLISHER, webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: body.Answer.Sdp})
	case *livekit.SignalResponse_Trickle:
		return c.candidate(body.Trickle)
	case *livekit.SignalResponse_TrackPublished:
		c.trackSid = body.TrackPublished.Track.Sid
		c.ready <- nil
	case *livekit.SignalResponse_Mute:
		return c.muted(body.Mute)
	case *livekit.SignalResponse_Leave:
		return fmt.Errorf("the server ended it: %s", body.Leave.Reason)
	}
	return nil
}

func (c *caller) know(people []*livekit.ParticipantInfo) {
	for _, person := range people {
		c.people.Store(person.Sid, person.Identity)
	}
}

// The facilitator keeps the state of the circle in the call's metadata.
func (c *caller) look(metadata string) {
	var call struct {
		Meeting *struct {
			Turn *struct{ Speaker, Status string }
		}
	}
	if json.Unmarshal([]byte(metadata), &call) != nil || call.Meeting == nil || call.Meeting.Turn == nil {
		return
	}
	if turn := call.Meeting.Turn; turn.Status == "speaking" && turn.Speaker != c.shown {
		c.shown = turn.Speaker
		c.tell(noticed{At: now(), Who: c.who, Kind: "shown", Whom: turn.Speaker})
	}
}

func (c *caller) muted(asked *livekit.MuteTrackRequest) error {
	if asked.Sid != c.trackSid {
		return nil
	}
	c.open.Store(!asked.Muted)
	return c.send(&livekit.SignalRequest{Message: &livekit.SignalRequest_Mute{Mute: asked}})
}

func (c *caller) ping() {
	for {
		select {
		case <-c.gone:
			return
		case <-time.After(pingEvery):
			_ = c.send(&livekit.SignalRequest{Message: &livekit.SignalRequest_PingReq{PingReq: &livekit.Ping{Timestamp: time.Now().UnixMilli()}}})
		}
	}
}

func (c *caller) send(request *livekit.SignalRequest) error {
	bytes, err := proto.Marshal(request)
	if err != nil {
		return err
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	return c.socket.WriteMessage(websocket.BinaryMessage, bytes)
}
