// The block format of Snappy, in which remote-write bodies travel.
#include <snappy-c.h>
