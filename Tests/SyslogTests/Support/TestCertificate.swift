import NIOSSL

/// A certificate of localhost that has signed itself, and its key: of these tests, and nobody else's.
enum TestCertificate {
    static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgVunvnC+MmYlVulaU
        q/u6rKcXbrOtu1YzjY7/IfpZiFOhRANCAAQREblNsq6JAOtIkivOPab+J/pprhR+
        eGU4tq/V2wOtKuuWXeWTdr+iT7HLbJJJjegx9lohpqx/eTd4tZGgO9pC
        -----END PRIVATE KEY-----
        """
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBmzCCAUGgAwIBAgIUKdH+xGIQPsty5Su+ZsduXX71v30wCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzIxNDYyMloYDzIxMjYxMDMw
        MjE0NjIyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAAQREblNsq6JAOtIkivOPab+J/pprhR+eGU4tq/V2wOtKuuWXeWTdr+i
        T7HLbJJJjegx9lohpqx/eTd4tZGgO9pCo28wbTAdBgNVHQ4EFgQU3qXxfKwPK5eX
        oVizytUpLngLYEUwHwYDVR0jBBgwFoAU3qXxfKwPK5eXoVizytUpLngLYEUwDwYD
        VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
        zj0EAwIDSAAwRQIhAPMcUyLStb1/z/QdtfFwuY5BSEMVFv4B2RaHhVWVhZOKAiBl
        F8lZOvLpbjKYSkjeXuE6LYESP/Hb/wS0wkl9V7B7zw==
        -----END CERTIFICATE-----
        """

    /// A server's context, and that of a client who trusts it.
    static func contexts() throws -> (server: NIOSSLContext, client: NIOSSLContext) {
        let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8))
        let server = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)))
        var client = TLSConfiguration.makeClientConfiguration()
        client.trustRoots = .certificates(chain)
        return (try NIOSSLContext(configuration: server), try NIOSSLContext(configuration: client))
    }
}
