//! Clients, connections and pools of databases and services, under the names they share.
//! source: documentation of r2d2, bb8, deadpool, redis, postgres, mysql, rusqlite, sqlx, mongodb, reqwest, hyper-util
#[role(class = "pool")] pub struct Pool<M>;
#[role(class = "connection")] pub struct Client;
#[role(class = "connection")] pub struct Connection;
#[role(class = "connection")] pub struct Conn;
