// Checks a log that "mindminder ledger export ROOM --format log" wrote, with Go's own transparency log and none of our code.
package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type head struct {
	Origin      string   `json:"origin"`
	Key         string   `json:"key"`
	Checkpoints []string `json:"checkpoints"`
}

type line struct {
	Record []byte  `json:"record"`
	Salt   *string `json:"salt"`
	Entry  *string `json:"entry"`
}

// Hashes that the log has stored so far, as package tlog numbers them.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(s)) {
			return nil, fmt.Errorf("there is no hash %d", index)
		}
		found[i] = s[index]
	}
	return found, nil
}

// Checks a C2SP tlog-proof of one entry; its extra data has salt and entry, from which the record is made.
func checkProof(file, key string) {
	text, err := os.ReadFile(file)
	must(err)
	verifier, err := note.NewVerifier(key)
	must(err)
	before, checkpoint, found := strings.Cut(string(text), "\n\n")
	lines := strings.Split(before, "\n")
	if !found || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		fail("this is no proof")
	}
	extra, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	must(err)
	var open struct {
		Salt  []byte `json:"salt"`
		Entry string `json:"entry"`
	}
	must(json.Unmarshal(extra, &open))
	record := sha256.Sum256(append(open.Salt, open.Entry...))
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	must(err)
	var path tlog.RecordProof
	for _, each := range lines[3:] {
		hash, err := tlog.ParseHash(each)
		must(err)
		path = append(path, hash)
	}
	opened, err := note.Open([]byte(checkpoint), note.VerifierList(verifier))
	must(err)
	parts := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(parts[1], 10, 64)
	must(err)
	root, err := tlog.ParseHash(parts[2])
	must(err)
	must(tlog.CheckRecord(path, size, root, index, tlog.RecordHash(record[:])))
	fmt.Printf("entry %d of %d: it is in the log of %s\n", index, size, parts[0])
}

func main() {
	if len(os.Args) == 3 {
		checkProof(os.Args[1], os.Args[2])
		return
	}
	if len(os.Args) != 2 {
		fail("usage: ledger-verifier FILE, or ledger-verifier FILE.tlog-proof KEY")
	}
	file, err := os.Open(os.Args[1])
	must(err)
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 64<<20)
	var top head
	if !lines.Scan() {
		fail("the file is empty")
	}
	must(json.Unmarshal(lines.Bytes(), &top))
	verifier, err := note.NewVerifier(top.Key)
	must(err)
	var hashes stored
	var count, erased int64
	for ; lines.Scan(); count++ {
		var each line
		must(json.Unmarshal(lines.Bytes(), &each))
		if each.Salt == nil || each.Entry == nil {
			erased++
		} else {
			salt, err := base64.StdEncoding.DecodeString(*each.Salt)
			must(err)
			if sum := sha256.Sum256(append(salt, *each.Entry...)); string(sum[:]) != string(each.Record) {
				fail("entry %d is another than the one that was sealed", count)
			}
		}
		more, err := tlog.StoredHashes(count, each.Record, hashes)
		must(err)
		hashes = append(hashes, more...)
	}
	must(lines.Err())
	for i, checkpoint := range top.Checkpoints {
		opened, err := note.Open([]byte(checkpoint), note.VerifierList(verifier))
		must(err)
		parts := strings.Split(opened.Text, "\n")
		if len(parts) != 4 || parts[0] != top.Origin {
			fail("checkpoint %d is of another log", i)
		}
		size, err := strconv.ParseInt(parts[1], 10, 64)
		must(err)
		if size > count {
			fail("the log is shorter than checkpoint %d", i)
		}
		root, err := tlog.TreeHash(size, hashes)
		must(err)
		if base64.StdEncoding.EncodeToString(root[:]) != parts[2] {
			fail("the records are others than those of checkpoint %d", i)
		}
	}
	fmt.Printf("%d entries (%d erased), %d checkpoints: all as it was signed\n", count, erased, len(top.Checkpoints))
}

func must(err error) {
	if err != nil {
		fail("%v", err)
	}
}

func fail(format string, values ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", values...)
	os.Exit(1)
}
