package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/livekit/protocol/livekit"
	"github.com/pion/interceptor"
	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
)

const (
	packet = 20 * time.Millisecond
	// As long as a packet of speech at 32 kbit/s; nobody here decodes it.
	packetBytes = 80
	// So long without a packet is silence.
	silence = 100 * time.Millisecond
	// Packets of silence at the beginning.
	settling = 25
	// Browsers send one packet of silence in 400 ms, muted or not (discontinuous transmission, RFC 7587).
	breath = 20
)

var nothing = []byte{0xf8, 0xff, 0xfe}

var opus = webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus, ClockRate: 48_000, Channels: 2, SDPFmtpLine: "minptime=10;useinbandfec=1"}

// On loopback alone.
var api = func() *webrtc.API {
	var codecs webrtc.MediaEngine
	if err := codecs.RegisterCodec(webrtc.RTPCodecParameters{RTPCodecCapability: opus, PayloadType: 111}, webrtc.RTPCodecTypeAudio); err != nil {
		panic(err)
	}
	var reports interceptor.Registry
	if err := webrtc.ConfigureRTCPReports(&reports); err != nil {
		panic(err)
	}
	var settings webrtc.SettingEngine
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetInterfaceFilter(func(name string) bool { return name == "lo" })
	settings.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	return webrtc.NewAPI(webrtc.WithMediaEngine(&codecs), webrtc.WithInterceptorRegistry(&reports), webrtc.WithSettingEngine(settings))
}()

// Publishes no microphone where one may not speak. Where nobody may hear yet, LiveKit takes the connection to send for
// the one that counts, and puts out who does not open it, if only for data, as browsers do.
func (c *caller) begin(speaks, hears bool) (err error) {
	if c.subscriber, err = c.connection(livekit.SignalTarget_SUBSCRIBER); err != nil {
		return err
	}
	c.subscriber.OnTrack(func(track *webrtc.TrackRemote, _ *webrtc.RTPReceiver) { c.hear(track) })
	if !speaks && hears {
		close(c.connected)
		c.ready <- nil
		return nil
	}
	if c.publisher, err = c.connection(livekit.SignalTarget_PUBLISHER); err != nil {
		return err
	}
	var once sync.Once
	c.publisher.OnConnectionStateChange(func(state webrtc.PeerConnectionState) {
		if state == webrtc.PeerConnectionStateConnected {
			once.Do(func() { close(c.connected) })
		}
	})
	if !speaks {
		if _, err = c.publisher.CreateDataChannel("_reliable", nil); err != nil {
			return err
		}
		c.ready <- nil
		return c.offer()
	}
	if c.track, err = webrtc.NewTrackLocalStaticRTP(opus, microphone, microphone); err != nil {
		return err
	}
	if _, err = c.publisher.AddTransceiverFromTrack(c.track, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendonly}); err != nil {
		return err
	}
	err = c.send(&livekit.SignalRequest{Message: &livekit.SignalRequest_AddTrack{AddTrack: &livekit.AddTrackRequest{
		Cid: microphone, Name: microphone, Type: livekit.TrackType_AUDIO, Source: livekit.TrackSource_MICROPHONE, Muted: true,
	}}})
	if err != nil {
		return err
	}
	return c.offer()
}

func (c *caller) offer() error {
	offer, err := c.publisher.CreateOffer(nil)
	if err != nil {
		return err
	}
	if err = c.publisher.SetLocalDescription(offer); err != nil {
		return err
	}
	return c.send(&livekit.SignalRequest{Message: &livekit.SignalRequest_Offer{Offer: &livekit.SessionDescription{Type: "offer", Sdp: offer.SDP}}})
}

func (c *caller) connection(target livekit.SignalTarget) (*webrtc.PeerConnection, error) {
	connection, err := api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return nil, err
	}
	connection.OnICECandidate(func(candidate *webrtc.ICECandidate) {
		if candidate == nil {
			return
		}
		init, _ := json.Marshal(candidate.ToJSON())
		_ = c.send(&livekit.SignalRequest{Message: &livekit.SignalRequest_Trickle{Trickle: &livekit.TrickleRequest{CandidateInit: string(init), Target: target}}})
	})
	return connection, nil
}

func (c *caller) to(target livekit.SignalTarget) *webrtc.PeerConnection {
	if target == livekit.SignalTarget_PUBLISHER {
		return c.publisher
	}
	return c.subscriber
}

func (c *caller) answer(asked *livekit.SessionDescription) error {
	if err := c.described(livekit.SignalTarget_SUBSCRIBER, webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: asked.Sdp}); err != nil {
		return err
	}
	answer, err := c.subscriber.CreateAnswer(nil)
	if err != nil {
		return err
	}
	if err = c.subscriber.SetLocalDescription(answer); err != nil {
		return err
	}
	return c.send(&livekit.SignalRequest{Message: &livekit.SignalRequest_Answer{Answer: &livekit.SessionDescription{Type: "answer", Sdp: answer.SDP, Id: asked.Id}}})
}

func (c *caller) described(target livekit.SignalTarget, description webrtc.SessionDescription) error {
	if err := c.to(target).SetRemoteDescription(description); err != nil {
		return err
	}
	for _, candidate := range c.early[target] {
		if err := c.to(target).AddICECandidate(candidate); err != nil {
			return err
		}
	}
	delete(c.early, target)
	return nil
}

func (c *caller) candidate(trickle *livekit.TrickleRequest) error {
	var candidate webrtc.ICECandidateInit
	if err := json.Unmarshal([]byte(trickle.CandidateInit), &candidate); err != nil {
		return err
	}
	if c.to(trickle.Target).RemoteDescription() == nil {
		c.early[trickle.Target] = append(c.early[trickle.Target], candidate)
		return nil
	}
	return c.to(trickle.Target).AddICECandidate(candidate)
}

// LiveKit offers a track to the others from its first packet on, muted or not.
func (c *caller) settle() error {
	select {
	case <-c.connected:
	case <-time.After(joinWithin):
		return errors.New("what is said does not reach the server")
	}
	if c.track == nil {
		return nil
	}
	for range settling {
		c.say(nothing)
		time.Sleep(packet)
	}
	return nil
}

func (c *caller) speak() {
	said := make([]byte, packetBytes)
	said[0] = 0xf8 // Opus, CELT, full band, one frame of 20 ms
	every := time.NewTicker(packet)
	defer every.Stop()
	for tick := 0; ; tick++ {
		select {
		case <-c.gone:
			return
		case <-every.C:
			if c.open.Load() {
				c.say(said)
			} else if tick%breath == 0 {
				c.say(nothing)
			}
		}
	}
}

// Time runs on while nothing is said, as it does in browsers: LiveKit drops what seems to come from the past.
func (c *caller) say(payload []byte) {
	c.sent++
	_ = c.track.WriteRTP(&rtp.Packet{
		Header:  rtp.Header{Version: 2, SequenceNumber: c.sent, Timestamp: uint32(time.Since(c.began).Milliseconds() * int64(opus.ClockRate) / 1000)},
		Payload: payload,
	})
}

// Tells when somebody begins to be heard, and when they have fallen silent.
func (c *caller) hear(track *webrtc.TrackRemote) {
	sid, _, _ := strings.Cut(track.StreamID(), "|")
	whom := func() string {
		if identity, known := c.people.Load(sid); known {
			return identity.(string)
		}
		return sid
	}
	c.tell(noticed{At: now(), Who: c.who, Kind: "receives", Whom: whom()})
	var last atomic.Int64
	quiet := time.AfterFunc(time.Hour, func() { c.tell(noticed{At: last.Swap(0), Who: c.who, Kind: "silent", Whom: whom()}) })
	defer quiet.Stop()
	var expected uint16
	for first := true; ; first = false {
		heard, _, err := track.ReadRTP()
		if err != nil {
			return
		}
		if gap := heard.SequenceNumber - expected; !first && gap > 0 && gap < 1<<15 {
			c.lost.Add(uint64(gap))
		}
		expected = heard.SequenceNumber + 1
		c.received.Add(1)
		// LiveKit itself sends silence for somebody muted, for the first five seconds: frames as long as those of a voice.
		if bytes.HasPrefix(heard.Payload, nothing) {
			continue
		}
		at := now()
		if last.Swap(at) == 0 {
			c.tell(noticed{At: at, Who: c.who, Kind: "heard", Whom: whom()})
		}
		quiet.Reset(silence)
	}
}
