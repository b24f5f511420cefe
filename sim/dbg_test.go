package sim
import ("testing";"context";"fmt";"time"; "net/http";"net/url";"strings")
func post(w *World, f url.Values) string { r,_:=http.NewRequestWithContext(context.Background(),"POST","http://x/",strings.NewReader(f.Encode())); r.Header.Set("Authorization","X Credential=000000000000/1/ap-northeast-1/ec2/aws4_request,"); a,err:=w.answer(r); return fmt.Sprint(string(a.body),err)}
func TestDbg(t *testing.T){
 w:=New(Options{NoDelay:true})
 fmt.Println(post(w,url.Values{"Action":{"CreateVpc"},"Version":{"2016-11-15"},"CidrBlock":{"10.0.0.0/16"}}))
 id:=w.Objects()[0].ID
 fmt.Println(post(w,url.Values{"Action":{"DeleteVpc"},"Version":{"2016-11-15"},"VpcId":{id}}))
 time.Sleep(time.Millisecond)
 now:=w.clock.now()
 for _,r:=range w.regions { for _,e:=range r.entries(){ b:=e.base(); if !b.asked.Equal(dawn)&&b.stage(now)!=buried {fmt.Println(b.kind.word,b.id,b.stage(now),b.life)}; if b.asked.Equal(dawn)&&(!b.deleteAsked.IsZero()||len(b.tags)>0){fmt.Println("dawn",b.kind.word)}}}
}
