package main

import (
	"fmt"
	"net"
	"os"
	"runtime"
	"syscall"
	"unsafe"
)

const (
	tunSetIff = 0x400454ca
	iffTun    = 0x0001
	iffNoPi   = 0x1000
	mtu       = 1500
	ipv4      = 4
	header    = 20
)

// As the kernel's `struct ifreq` (netdevice(7)).
type request struct {
	name  [16]byte
	value [24]byte
}

func named(device string) (made request) {
	copy(made.name[:15], device)
	return made
}

// A TUN device with this address, in the network namespace of the calling thread. It goes when its file is closed.
func openDevice(device, address string) (int, error) {
	file, err := syscall.Open("/dev/net/tun", syscall.O_RDWR, 0)
	if err != nil {
		return 0, fmt.Errorf("/dev/net/tun cannot be opened: %w", err)
	}
	asked := named(device)
	*(*uint16)(unsafe.Pointer(&asked.value)) = iffTun | iffNoPi
	if err := control(file, tunSetIff, &asked); err != nil {
		return 0, fmt.Errorf("no TUN device can be made: %w", err)
	}
	if err := setAddress(device, address); err != nil {
		return 0, fmt.Errorf("the device %s gets no address: %w", device, err)
	}
	return file, bringUp(device)
}

type namespace struct {
	device int
	// For `nsenter --net=`; there as long as this process lives.
	path string
}

func openNamespace(address string) (namespace, error) {
	type outcome struct {
		made namespace
		err  error
	}
	done := make(chan outcome)
	go func() {
		// The thread is never given back: it is what holds the namespace.
		runtime.LockOSThread()
		if err := syscall.Unshare(syscall.CLONE_NEWNET); err != nil {
			done <- outcome{err: fmt.Errorf("no network namespace can be made: %w", err)}
			return
		}
		err := bringUp("lo")
		device := 0
		if err == nil {
			device, err = openDevice("way", address)
		}
		path := fmt.Sprintf("/proc/%d/task/%d/ns/net", os.Getpid(), syscall.Gettid())
		done <- outcome{namespace{device, path}, err}
		select {}
	}()
	found := <-done
	return found.made, found.err
}

func setAddress(device, address string) error {
	if err := setInternetAddress(device, syscall.SIOCSIFADDR, address); err != nil {
		return err
	}
	return setInternetAddress(device, syscall.SIOCSIFNETMASK, "255.255.255.0")
}

func setInternetAddress(device string, ask uintptr, ip string) error {
	asked := named(device)
	*(*uint16)(unsafe.Pointer(&asked.value)) = syscall.AF_INET
	copy(asked.value[4:8], net.ParseIP(ip).To4())
	return onSocket(ask, &asked)
}

func bringUp(device string) error {
	asked := named(device)
	*(*uint16)(unsafe.Pointer(&asked.value)) = syscall.IFF_UP | syscall.IFF_RUNNING
	if err := onSocket(syscall.SIOCSIFFLAGS, &asked); err != nil {
		return fmt.Errorf("the device %s does not come up: %w", device, err)
	}
	return nil
}

func onSocket(ask uintptr, asked *request) error {
	socket, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM, 0)
	if err != nil {
		return err
	}
	defer syscall.Close(socket)
	return control(socket, ask, asked)
}

func control(file int, ask uintptr, asked *request) error {
	if _, _, err := syscall.Syscall(syscall.SYS_IOCTL, uintptr(file), ask, uintptr(unsafe.Pointer(asked))); err != 0 {
		return err
	}
	return nil
}

// Every IPv4 packet that comes out of a device, until it is closed.
func receive(device int, take func([]byte)) {
	buffer := make([]byte, mtu+header)
	for {
		length, err := syscall.Read(device, buffer)
		if err == syscall.EINTR || err == syscall.EAGAIN {
			continue
		}
		if err != nil {
			return
		}
		if length >= header && buffer[0]>>4 == ipv4 {
			take(buffer[:length])
		}
	}
}

func send(device int, bytes []byte) error {
	_, err := syscall.Write(device, bytes)
	return err
}
