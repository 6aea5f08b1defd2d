// PostgreSQL's client library: https://www.postgresql.org/docs/current/libpq.html
#include <libpq-fe.h>

// Swift does not see macros that are characters.
static const int PQFieldState = PG_DIAG_SQLSTATE;
static const int PQFieldMessage = PG_DIAG_MESSAGE_PRIMARY;
