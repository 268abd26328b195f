module mindminder/tools/network

go 1.21
